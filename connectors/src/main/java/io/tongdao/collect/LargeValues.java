package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * SQL Server's change data capture leaves large values out of the image before an update: there a null says nothing, so that the row
 * may have been rejected for what it held. {@link SqlServerCheck} lets no identifier stand in such a column.
 */
final class LargeValues implements DateDoubt {
    private static final Set<String> LARGE = Set.of("TEXT", "NTEXT", "XML");

    @Override
    public boolean about(Schema column) {
        TableShape.Column type = TableShape.column(column);
        return LARGE.contains(type.type()) || (type.type().endsWith("VARCHAR") && type.length() == 0);
    }

    @Override
    public boolean zero(DatasetPlan dataset, Field column, Struct primaryKey) {
        return false;
    }
}
