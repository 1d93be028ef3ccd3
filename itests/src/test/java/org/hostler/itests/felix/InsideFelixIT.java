// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.felix;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;

/** One container for all classes: Pax Exam shares it only within one suite. */
@RunWith(Suite.class)
@Suite.SuiteClasses({
  RegistrationInsideFelix.class,
  LifeInsideFelix.class,
  DrainInsideFelix.class,
  BundleInsideFelix.class,
  ComponentInsideFelix.class,
  SessionsInsideFelix.class,
  StatementsInsideFelix.class,
  PostgresSessionsInsideFelix.class,
  PostgresStatementsInsideFelix.class,
  OrdinaryClientInsideFelix.class,
  PostgresOrdinaryClientInsideFelix.class,
  NotificationsInsideFelix.class,
  PostgresNotificationsInsideFelix.class,
  InterruptedInsideFelix.class,
  ManyLivesInsideFelix.class
})
public class InsideFelixIT {}
