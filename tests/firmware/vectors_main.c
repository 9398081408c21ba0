/* Calls tests/c/vectors.c, whose main() is compiled as vectors_main(), as its user would on the command line. */
int vectors_main(int argc, char **argv);

int main(void)
{
    static char name[] = "vectors", file[] = "the text in the image";
    char *arguments[] = {name, file, 0};

    return vectors_main(2, arguments);
}
