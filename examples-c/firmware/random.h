/* random.h: the random source of these examples, see random.c. */
#ifndef RANDOM_H
#define RANDOM_H

/* A switch to see what the library does without randomness; 0 until a program sets it. */
extern int random_source_is_broken;

#endif
