#define _POSIX_C_SOURCE 200809L

#include "platform.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct platform_monitor {
  pthread_mutex_t lock;
  pthread_cond_t change;
};

platform_monitor *platform_monitor_new(void) {
  platform_monitor *monitor = malloc(sizeof *monitor);
  if (!monitor) return NULL;
  if (pthread_mutex_init(&monitor->lock, NULL) != 0) {
    free(monitor);
    return NULL;
  }
  if (pthread_cond_init(&monitor->change, NULL) != 0) {
    pthread_mutex_destroy(&monitor->lock);
    free(monitor);
    return NULL;
  }
  return monitor;
}

void platform_monitor_enter(platform_monitor *monitor) { pthread_mutex_lock(&monitor->lock); }

void platform_monitor_leave(platform_monitor *monitor) { pthread_mutex_unlock(&monitor->lock); }

void platform_monitor_wait(platform_monitor *monitor) {
  pthread_cond_wait(&monitor->change, &monitor->lock);
}

void platform_monitor_wake(platform_monitor *monitor) { pthread_cond_broadcast(&monitor->change); }

void platform_monitor_free(platform_monitor *monitor) {
  if (!monitor) return;
  pthread_cond_destroy(&monitor->change);
  pthread_mutex_destroy(&monitor->lock);
  free(monitor);
}

struct platform_thread {
  pthread_t id;
  void (*run)(void *context);
  void *context;
};

static void *run_thread(void *argument) {
  platform_thread *thread = argument;
  thread->run(thread->context);
  return NULL;
}

platform_thread *platform_thread_start(void (*run)(void *context), void *context) {
  platform_thread *thread = malloc(sizeof *thread);
  sigset_t all, before;
  int failed;
  if (!thread) return NULL;
  thread->run = run;
  thread->context = context;
  sigfillset(&all);
  if (pthread_sigmask(SIG_BLOCK, &all, &before) != 0) {
    free(thread);
    return NULL;
  }
  failed = pthread_create(&thread->id, NULL, run_thread, thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (!failed) return thread;
  free(thread);
  return NULL;
}

void platform_thread_join(platform_thread *thread) {
  if (!thread) return;
  pthread_join(thread->id, NULL);
  free(thread);
}
