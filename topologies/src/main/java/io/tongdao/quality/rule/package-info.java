/** The rules about rows, made ready to judge them: pure, without state. */
@NullMarked
package io.tongdao.quality.rule;

import org.jspecify.annotations.NullMarked;
