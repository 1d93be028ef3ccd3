// SPDX-License-Identifier: Apache-2.0
package org.hostler.worker;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The settings of the host and of its extensions, PostgreSQL's {@code GUC} variables.
 *
 * <p>The host offers this as a service. An extension uses two methods of it: {@link #define} in its
 * activator, where PostgreSQL's {@code _PG_init} calls {@code DefineCustomIntVariable}, and {@link
 * #current} later; a worker rather asks {@link WorkerContext#settings()}, which stays the same
 * between two of its interrupt checks. The others are for surfaces such as the shell.
 *
 * <p>A value is taken from the first of these that has one: {@code -c} of the command line, {@code
 * conf/hostler.auto.conf}, {@code conf/hostler.conf}, the default. Names are compared without
 * regard to case.
 *
 * <h2>Settings of extensions</h2>
 *
 * <p>A name with a dot whose first part is none of the host's own ({@code worker_limits
 * worker_isolation database role log_level}) belongs to an extension. Until a bundle defines it,
 * its value is a placeholder: kept as text and not checked. When it is defined, the value is
 * checked there and then; one that does not fit is dropped with a warning in the log and the
 * default holds, as in PostgreSQL. The first part of a defined name is then reserved: other names
 * under it are warned of, with the nearest that exists, and dropped (contract G9).
 *
 * <p>All methods may be called from any thread. {@link #current} never blocks and takes no lock;
 * the others may wait for the disk and for each other. Snapshots stay readable after the host has
 * stopped; of the service itself nothing should be asked once it is unregistered.
 */
@ProviderType
public interface Settings {

  /**
   * Makes a setting of the calling extension known; its value can be read as soon as this returns.
   *
   * <p>Defining a name again replaces its definition, which is what an updated bundle does: type
   * and change must be the same then, and a value whose change is {@link SettingChange#RESTART}
   * stays as it is until the host is restarted. A definition outlives the bundle that made it.
   *
   * @param definition the setting; its name must have a dot and a first part that is not the host's
   * @throws SettingsRefused when the name is not an extension's; when it has been defined with
   *     another type or change; or when a {@link SettingChange#RESTART} setting is new and the
   *     preload list has been worked off (contract G9)
   */
  void define(SettingDefinition definition);

  /**
   * Returns every value now in force.
   *
   * <p>A snapshot never changes; a reload makes another one. Ask again to see it.
   */
  SettingsSnapshot current();

  /** Returns every setting, placeholders included, in alphabetical order. */
  List<SettingStat> all();

  /**
   * Writes a value into {@code conf/hostler.auto.conf}, PostgreSQL's {@code ALTER SYSTEM SET}.
   *
   * <p>It only writes: {@link #reload} puts the value into force, a restart of the host that of a
   * {@link SettingChange#RESTART} setting. Until then it is the {@link SettingStat#pending pending}
   * one. The file is replaced at once and as a whole, and survives restarts of the host. A value on
   * the command line goes on winning over it.
   *
   * @param name a setting of the host, one that was defined, or a placeholder
   * @param value the value as it would stand between single quotes in the file; one line
   * @throws SettingsRefused when there is no such setting, the value does not fit, or the file
   *     cannot be written
   */
  void set(String name, String value);

  /**
   * Removes a value from {@code conf/hostler.auto.conf}, PostgreSQL's {@code ALTER SYSTEM RESET}.
   *
   * <p>As {@link #set} it only writes. A name that the file does not hold is no error.
   *
   * @param name the setting
   * @throws SettingsRefused when there is no such setting or the file cannot be written
   */
  void reset(String name);

  /**
   * Reads the files again and puts the new values into force, PostgreSQL's {@code
   * pg_reload_conf()}.
   *
   * <p>All or nothing: if one line is wrong, or the host cannot adopt one value, nothing changes.
   * Blocks until the new values are in force; workers adopt them one by one, each at its next
   * interrupt check (contract G10, L3).
   *
   * @return what changed and what waits for a restart
   * @throws SettingsRefused when the configuration is refused; every wrong line is named
   */
  ReloadResult reload();
}
