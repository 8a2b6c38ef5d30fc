package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Says what a date is that reached us as null or 1970-01-01 though the source may hold a zero date. */
@FunctionalInterface
interface DateDoubt {
    /** For databases that have no zero dates. */
    DateDoubt NONE = (dataset, column, primaryKey) -> false;

    /** Whether the row of that key holds a date with a zero part in that column now. */
    boolean zero(DatasetPlan dataset, Field column, Struct primaryKey);
}
