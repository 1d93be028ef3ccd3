// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hostler.worker.WorkerMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The threads of workers where there are no virtual ones. The pool itself is tested, on every JDK;
 * whether it is used is the launcher's choice.
 */
@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class CarrierPoolTest {
  private final CarrierPool pool = new CarrierPool();
  private final ClassLoader bundle = loader();

  private static ClassLoader loader() {
    return new URLClassLoader(new URL[0], CarrierPoolTest.class.getClassLoader());
  }

  @AfterEach
  void close() {
    pool.close();
  }

  /** Begins a life of a bundle; its thread is the result. */
  private FutureTask<Thread> run(ClassLoader loader, WorkerMain main) {
    FutureTask<Thread> thread = new FutureTask<>(Thread::currentThread);
    Lives lives = new Lives();
    lives.loader = loader;
    pool.run(
        "w (t) 3:17",
        lives.life(
            context -> {
              thread.run();
              main.run(context);
            }));
    return thread;
  }

  private Thread lived(ClassLoader loader, WorkerMain main) throws Exception {
    int idle = pool.idle();
    Thread thread = run(loader, main).get();
    Await.until(() -> pool.idle() > idle || !thread.isAlive());
    return thread;
  }

  @TestTemplate
  void threadIsUsedAgainForTheSameBundleOnly() throws Exception {
    Thread first = lived(bundle, context -> {});
    assertThat(pool.idle()).isEqualTo(1);
    Thread second = run(bundle, context -> {}).get();
    assertThat(second).isSameAs(first);
    Await.until(() -> pool.idle() == 1);
    Thread other = lived(loader(), context -> {});
    assertThat(other).isNotSameAs(first);
    assertThat(pool.idle()).isEqualTo(2);
  }

  @TestTemplate
  void busyThreadIsNotSharedAndLivesRunBesideEachOther() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    WorkerMain main =
        context -> {
          both.countDown();
          both.await();
        };
    Thread first = run(bundle, main).get();
    Thread second = run(bundle, main).get();
    assertThat(first).isNotSameAs(second);
    Await.until(() -> pool.idle() == 2);
  }

  @TestTemplate
  void nextLifeFindsACleanThread() throws Exception {
    Thread dirty =
        lived(
            bundle,
            context -> {
              Thread self = Thread.currentThread();
              self.setName("dirty");
              self.setPriority(Thread.MAX_PRIORITY);
              self.setContextClassLoader(null);
              self.setUncaughtExceptionHandler((thread, thrown) -> {});
              self.interrupt();
            });
    List<Object> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread clean =
        run(
                bundle,
                context -> {
                  Thread self = Thread.currentThread();
                  seen.add(self.getName());
                  seen.add(self.getPriority());
                  seen.add(self.getContextClassLoader());
                  seen.add(self.getUncaughtExceptionHandler() == self.getThreadGroup());
                  seen.add(self.isInterrupted());
                  seen.add(self.isDaemon());
                  done.countDown();
                })
            .get();
    done.await();
    assertThat(clean).isSameAs(dirty);
    assertThat(seen).containsExactly("w (t) 3:17", Thread.NORM_PRIORITY, bundle, true, false, true);
  }

  @TestTemplate
  void parkedThreadShowsNothingOfItsLastLife() throws Exception {
    Thread thread = lived(bundle, context -> {});
    assertThat(thread.getName()).startsWith("hostler-carrier-");
    assertThat(thread.getContextClassLoader()).isSameAs(CarrierPool.class.getClassLoader());
  }

  @TestTemplate
  void threadsTakeNothingOverFromTheirMaker_F10() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("of the maker");
    List<String> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    run(
        bundle,
        context -> {
          seen.add(local.get());
          done.countDown();
        });
    done.await();
    assertThat(seen).containsOnlyNulls();
    local.remove();
  }

  @TestTemplate
  void threadsOfABundleThatGoesEndAndTheOthersStay() throws Exception {
    ClassLoader stays = loader();
    Thread goes = lived(bundle, context -> {});
    Thread other = lived(stays, context -> {});
    pool.drop(bundle);
    goes.join(Await.LONG.toMillis());
    assertThat(goes.isAlive()).isFalse();
    assertThat(pool.idle()).isEqualTo(1);
    assertThat(run(stays, context -> {}).get()).isSameAs(other);
    assertThat(lived(bundle, context -> {})).isNotSameAs(goes);
  }

  /** The threads of all pools that have run nothing yet. */
  private static Set<Thread> unused() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hostler-carrier-unused"))
        .collect(Collectors.toSet());
  }

  /** Runs a life of a bundle without parked threads, and returns the thread that waits then. */
  private Thread unusedAfterALife() throws Exception {
    Set<Thread> others = unused();
    run(loader(), context -> {}).get();
    Set<Thread> mine = new HashSet<>();
    Await.until(
        () -> {
          mine.addAll(unused());
          mine.removeAll(others);
          return !mine.isEmpty();
        });
    return mine.iterator().next();
  }

  @TestTemplate
  void firstLifeOfABundleFindsAThreadReadyThatNobodyHasUsed() throws Exception {
    Thread ready = unusedAfterALife();
    assertThat(run(bundle, context -> {}).get()).isSameAs(ready);
    Await.until(() -> pool.idle() == 2);
    assertThat(run(bundle, context -> {}).get()).isSameAs(ready);
  }

  @TestTemplate
  void threadThatWaitsForItsFirstLifeSleepsOnAfterAnInterruptWhichNoLifeSees() throws Exception {
    Thread ready = unusedAfterALife();
    ready.interrupt();
    Await.until(() -> !ready.isInterrupted());
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch done = new CountDownLatch(1);
    Thread first =
        run(
                bundle,
                context -> {
                  interrupted.set(Thread.currentThread().isInterrupted());
                  done.countDown();
                })
            .get();
    done.await();
    assertThat(first).isSameAs(ready);
    assertThat(interrupted).isFalse();
  }

  @TestTemplate
  void livesThatBeginTogetherHaveAThreadEach() throws Exception {
    CountDownLatch all = new CountDownLatch(20);
    List<FutureTask<Thread>> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          run(
              loader(),
              context -> {
                all.countDown();
                all.await();
              }));
    }
    Set<Thread> different = new HashSet<>();
    for (FutureTask<Thread> thread : threads) {
      different.add(thread.get());
    }
    assertThat(different).hasSize(20);
  }

  @TestTemplate
  void closedPoolStartsNoThreadInAdvance() throws Exception {
    Thread ready = unusedAfterALife();
    pool.close();
    ready.join(Await.LONG.toMillis());
    assertThat(ready.isAlive()).isFalse();
    Set<Thread> before = unused();
    run(bundle, context -> {}).get();
    assertThat(before).containsAll(unused());
  }

  @TestTemplate
  void closedPoolHasNoThreadsLeft() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      threads.add(lived(loader(), context -> {}));
    }
    pool.close();
    for (Thread thread : threads) {
      thread.join(Await.LONG.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(pool.idle()).isZero();
  }

  @TestTemplate
  void droppedBundlesClassLoaderIsHeldByNobody_F10() throws Exception {
    WeakReference<ClassLoader> gone = new WeakReference<>(leavingBundle());
    Await.until(
        () -> {
          System.gc();
          return gone.get() == null;
        });
  }

  /** A life leaves a thread local of its bundle's behind, and the bundle goes. */
  private ClassLoader leavingBundle() throws Exception {
    ClassLoader loader = loader();
    ThreadLocal<Object> leak = new ThreadLocal<>();
    Thread thread =
        lived(loader, context -> leak.set(Thread.currentThread().getContextClassLoader()));
    pool.drop(loader);
    thread.join(Await.LONG.toMillis());
    return loader;
  }

  @TestTemplate
  void interruptOfALifeThatIsOverReachesNobody() throws Exception {
    for (int i = 0; i < 50; i++) {
      Lives lives = new Lives();
      lives.loader = bundle;
      WorkerLife first = lives.life(context -> {});
      pool.run("first", first);
      first.interrupt();
      Await.until(() -> lives.exit != null);
      first.interrupt();
      AtomicInteger interrupted = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(1);
      run(
          bundle,
          context -> {
            interrupted.set(Thread.interrupted() ? 1 : 0);
            done.countDown();
          });
      done.await();
      assertThat(interrupted).hasValue(0);
    }
  }

  @TestTemplate
  void everyLifeRunsOnceAndNeverTwoOnOneThread() throws Exception {
    Set<Thread> busy = ConcurrentHashMap.newKeySet();
    AtomicInteger lives = new AtomicInteger();
    AtomicInteger shared = new AtomicInteger();
    int all = 500;
    for (int i = 0; i < all; i++) {
      run(
          bundle,
          context -> {
            shared.addAndGet(busy.add(Thread.currentThread()) ? 0 : 1);
            lives.incrementAndGet();
            busy.remove(Thread.currentThread());
          });
    }
    Await.until(() -> lives.get() == all && busy.isEmpty());
    assertThat(shared).hasValue(0);
    Await.until(() -> pool.idle() > 0);
    assertThat(pool.idle()).isLessThanOrEqualTo(64);
  }
}
