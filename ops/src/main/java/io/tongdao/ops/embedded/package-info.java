/**
 * The parts of a province that run on one machine: broker, registry and agency databases, all on the loopback and under one data
 * directory. Each part is started by its own static {@code start} and stopped by {@code close}; the starts are independent of each
 * other and may run at the same time.
 */
@NullMarked
package io.tongdao.ops.embedded;

import org.jspecify.annotations.NullMarked;
