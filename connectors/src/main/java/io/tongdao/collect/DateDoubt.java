package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Says what a value is that reached us as null (a date also as 1970-01-01) though the source may hold another. */
@FunctionalInterface
interface DateDoubt {
    /** For databases whose nulls are nulls. */
    DateDoubt NONE = (dataset, column, primaryKey) -> false;

    /** Whether a column's null may hide something. */
    default boolean about(Schema column) {
        return Dates.dated(column);
    }

    /** Whether the row of that key holds a date with a zero part in that column now. */
    boolean zero(DatasetPlan dataset, Field column, Struct primaryKey);
}
