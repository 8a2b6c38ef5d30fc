/** What the rooms share of opening to the public (开放, art. 37-42): a publication as the catalogue has it, and what became of its versions. */
@NullMarked
package io.tongdao.contract.open;

import org.jspecify.annotations.NullMarked;
