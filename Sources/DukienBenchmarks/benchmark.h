/* What the programs of this folder share. */
#ifndef DUKIEN_BENCHMARK_H
#define DUKIEN_BENCHMARK_H
#include <dukien.h>

/* Ends the program with the message of an error of the library. */
void benchmark_fail(dukien_error *error);

/* The measured promises, see promises.c. */
int benchmark_promises(int argc, char **argv);
#endif
