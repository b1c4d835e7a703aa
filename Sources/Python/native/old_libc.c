/* Runs on old C libraries what was built on a new one.

   Newer versions of glibc gave some functions new names for the linker, which older ones lack; what
   they do is the same. The linker is told to come here for these (see setup.py), and here they go
   by the names that every glibc since 2.17 has. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define FIRST "GLIBC_2.2.5"
#define STAT_VERSION 1
#else
#define FIRST "GLIBC_2.17"
#define STAT_VERSION 0
#endif

#define OLD(alias, name) __asm__(".symver " #alias "," #name "@" FIRST)

OLD(old_create, pthread_create);
OLD(old_join, pthread_join);
OLD(old_mask, pthread_sigmask);
OLD(old_set_stack, pthread_attr_setstacksize);
int old_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *user);
int old_join(pthread_t thread, void **answer);
int old_mask(int how, const sigset_t *set, sigset_t *before);
int old_set_stack(pthread_attr_t *how, size_t size);

/* What stat, fstat and fstatat were until glibc 2.33. */
int __xstat(int version, const char *path, struct stat *info);
int __fxstat(int version, int file, struct stat *info);
int __fxstatat(int version, int folder, const char *path, struct stat *info, int flags);

int __wrap_stat(const char *path, struct stat *info) { return __xstat(STAT_VERSION, path, info); }

int __wrap_fstat(int file, struct stat *info) { return __fxstat(STAT_VERSION, file, info); }

int __wrap_fstatat(int folder, const char *path, struct stat *info, int flags) {
  return __fxstatat(STAT_VERSION, folder, path, info, flags);
}

ssize_t __wrap_getrandom(void *bytes, size_t count, unsigned int flags) {
  return syscall(SYS_getrandom, bytes, count, flags);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                          void *user) {
  return old_create(thread, how, run, user);
}

int __wrap_pthread_join(pthread_t thread, void **answer) { return old_join(thread, answer); }

int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *before) {
  return old_mask(how, set, before);
}

int __wrap_pthread_attr_setstacksize(pthread_attr_t *how, size_t size) {
  return old_set_stack(how, size);
}
