// SPDX-License-Identifier: Apache-2.0
package org.hostler.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hostler.worker.WorkerMain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

@ExtendWith(Repeated.class)
@Tag(Repeated.TAG)
class FunctionServiceTest {
  private static final WorkerMain MAIN = context -> {};

  private final AtomicInteger uses = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Bundle offers = FakeBundles.bundle("org.acme.jobs");
  private volatile @Nullable WorkerMain object = MAIN;
  private final FunctionService service = new FunctionService(reference(), host());

  private ServiceReference<WorkerMain> reference() {
    @SuppressWarnings("unchecked")
    ServiceReference<WorkerMain> reference =
        fake(ServiceReference.class, method -> method.equals("getBundle") ? offers : null);
    return reference;
  }

  private Bundle host() {
    BundleContext context =
        fake(
            BundleContext.class,
            method -> {
              if (method.equals("ungetService")) {
                return uses.decrementAndGet() >= 0;
              }
              asked.incrementAndGet();
              if (object != null) {
                uses.incrementAndGet();
              }
              return object;
            });
    return fake(Bundle.class, method -> context);
  }

  private interface Answer {
    @Nullable Object to(String method);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName())));
  }

  @Test
  void frameworkIsAskedByTheFirstLifeAndToldByTheLast() {
    assertThat(service.get()).isSameAs(MAIN);
    assertThat(service.get()).isSameAs(MAIN);
    service.release(MAIN);
    assertThat(asked).hasValue(1);
    assertThat(uses).hasValue(1);
    service.release(MAIN);
    assertThat(uses).hasValue(0);
    assertThat(service.get()).isSameAs(MAIN);
    assertThat(asked).hasValue(2);
  }

  @Test
  void unregisteredServiceIsNotGivenOut() {
    assertThat(service.get()).isSameAs(MAIN);
    offers = null;
    object = null;
    assertThat(service.get()).isNull();
    service.release(MAIN);
    assertThat(uses).hasValue(0);
  }

  @TestTemplate
  void nothingIsLeftWhenManyComeAndGoAtOnce() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      HostThreads.daemon(
              "life",
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  WorkerMain main = service.get();
                  if (main != MAIN || uses.get() < 1) {
                    throw new AssertionError("used " + uses);
                  }
                  service.release(main);
                }
                done.countDown();
              })
          .start();
    }
    Await.until(() -> done.getCount() == 0);
    assertThat(uses).hasValue(0);
  }
}
