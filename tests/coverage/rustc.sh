#!/bin/sh
# What cargo runs in place of the compiler for this package, and not for its dependencies: counts which lines are reached.
exec "$@" -Cinstrument-coverage
