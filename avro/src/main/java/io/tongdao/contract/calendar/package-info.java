/** Working days (工作日), in which the regulation counts its terms (art. 14, 16, 20, 26, 32 to 34). */
@NullMarked
package io.tongdao.contract.calendar;

import org.jspecify.annotations.NullMarked;
