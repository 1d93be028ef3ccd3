// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.hostler.worker.BackgroundWorkerHandle;
import org.hostler.worker.HandleStatus;
import org.hostler.worker.WorkerMain;
import org.hostler.worker.stat.WorkerEvent.Kind;
import org.hostler.worker.stat.WorkerState;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Services with the properties that {@code @RegisterWorker} gives a component. */
public class ComponentInsideFelix extends WorkersFixture {

  private ServiceRegistration<WorkerMain> component(String name, Map<String, String> properties) {
    Hashtable<String, Object> all = new Hashtable<>(properties);
    all.put("worker.function", name);
    all.put("component.name", "test." + name);
    return context.registerService(WorkerMain.class, WorkersFixture::untilTold, all);
  }

  @Test
  public void aComponentRegistersItsWorkerAndIsTheSameWorkerWhenItIsBack() throws Exception {
    ServiceRegistration<WorkerMain> first =
        component("auto", Map.of("worker.register.restart", "5s", "worker.register.arg", "1"));
    BackgroundWorkerHandle handle = onlyOne("auto");
    handle.awaitStartup(SOON);
    first.unregister();
    assertThat(handle.stat().orElseThrow().state()).isEqualTo(WorkerState.PARKED);
    ServiceRegistration<WorkerMain> second =
        component("auto", Map.of("worker.register.restart", "7s", "worker.register.arg", "2"));
    awaitTrue(() -> handle.status() == HandleStatus.STARTED);
    assertThat(workers.find("auto")).containsExactly(handle);
    assertThat(handle.id().incarnation()).isEqualTo(2);
    assertThat(handle.stat().orElseThrow().worker().restart()).hasToString("7s");
    assertThat(handle.stat().orElseThrow().worker().mainArg().asLong()).isEqualTo(2);
    handle.terminate();
    assertThat(handle.awaitGone(SOON)).isTrue();
    second.unregister();
  }

  @Test
  public void aBadValueIsARefusalAndThrowsAtNobody_R19_T20() throws Exception {
    ServiceRegistration<WorkerMain> bad =
        component("bad", Map.of("worker.register.restart", "sometimes"));
    assertThat(await(event -> event.kind() == Kind.REFUSED).detail()).contains("sometimes");
    ServiceRegistration<WorkerMain> contradictory =
        component(
            "contradictory",
            Map.of(
                "worker.register.start", "host_start",
                "worker.register.flag", "DATABASE_CONNECTION"));
    assertThat(await(event -> event.kind() == Kind.REFUSED).detail())
        .contains("database access cannot be requested at host start");
    List.of(bad, contradictory).forEach(ServiceRegistration::unregister);
    assertThat(workers.find("bad")).isEmpty();
  }

  private BackgroundWorkerHandle onlyOne(String name) {
    List<BackgroundWorkerHandle> found = workers.find(name);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
