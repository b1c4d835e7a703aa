/* The seed of Swift's hashing. glibc has arc4random_buf from 2.36 on only; this one serves the
   shipped library on older systems and is seen by nobody outside it. */
#include <errno.h>
#include <stddef.h>
#include <sys/random.h>

__attribute__((visibility("hidden"))) void arc4random_buf(void *buffer, size_t count);

void arc4random_buf(void *buffer, size_t count) {
  unsigned char *next = buffer;
  while (count > 0) {
    ssize_t got = getrandom(next, count, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      return; /* a weak seed is better than a host brought down */
    }
    next += got;
    count -= (size_t)got;
  }
}
