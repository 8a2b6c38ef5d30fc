/** What the rows of a dataset must be like (GB/T 36344): the rules, compiled, and the language of their conditions. */
@NullMarked
package io.tongdao.contract.rule;

import org.jspecify.annotations.NullMarked;
