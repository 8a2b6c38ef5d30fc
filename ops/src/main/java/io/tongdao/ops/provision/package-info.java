/**
 * Provisioning: topics, schemas, users and rights, compiled from the plan and from the grants in force, and nowhere given by hand. The
 * provisioner follows {@code ctl.grant}; {@link io.tongdao.ops.provision.GrantDesk} writes it.
 */
@NullMarked
package io.tongdao.ops.provision;

import org.jspecify.annotations.NullMarked;
