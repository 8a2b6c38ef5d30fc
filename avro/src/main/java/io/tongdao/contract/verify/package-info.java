/** Asking whether a value is right, without getting it (核实比对). */
@NullMarked
package io.tongdao.contract.verify;

import org.jspecify.annotations.NullMarked;
