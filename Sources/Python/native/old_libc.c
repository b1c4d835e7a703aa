/* Runs on glibc 2.28 what was built on a newer one.

   glibc 2.32 and 2.34 moved the functions of threads into libc itself, under new versions of their
   names, which older ones lack; what they do is the same. The linker is told to come here for these
   (see setup.py), and here they go by the versions that every glibc has. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>

#if defined __x86_64__
#define FIRST "GLIBC_2.2.5"
#else
#define FIRST "GLIBC_2.17"
#endif

#define OLD(alias, name) __asm__(".symver " #alias "," #name "@" FIRST)

OLD(old_create, pthread_create);
OLD(old_join, pthread_join);
OLD(old_mask, pthread_sigmask);
int old_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *user);
int old_join(pthread_t thread, void **answer);
int old_mask(int how, const sigset_t *set, sigset_t *before);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                          void *user) {
  return old_create(thread, how, run, user);
}

int __wrap_pthread_join(pthread_t thread, void **answer) { return old_join(thread, answer); }

int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *before) {
  return old_mask(how, set, before);
}
