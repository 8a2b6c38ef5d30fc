/** Whether a value is right, without handing it over (核实、比对, art. 33). */
@NullMarked
package io.tongdao.ops.verify;

import org.jspecify.annotations.NullMarked;
