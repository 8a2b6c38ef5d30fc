package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.ThemePlan.Function;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thematic database (主题库, art. 12) of the province, a prefecture or a county.
 *
 * @param division whose it is; a lower one's tables hold only what lies in it
 */
public record Theme(
        String name, Place at, String title, Catalogue.Agency.Level level, Ref division, Map<String, Table> tables) {

    /**
     * One table: rows of a dataset or of a base database's subjects, with items of other datasets and golden records beside them.
     *
     * @param rows {@code agency.dataset} or {@code base.<database>}
     * @param items name in this table → item of {@code rows}
     * @param territory the basis (hukou, residence, handling) that {@code rows} declares, by which a lower level's rows are told; blank at
     *     the province
     * @param raisesTo the level that the composed row has, where putting things together raises it; 0: the highest of its items
     * @param aggregation the assessment of what putting these things together discloses (art. 25); null: none was made
     */
    public record Table(
            String name,
            Place at,
            String title,
            Ref rows,
            Map<String, Ref> items,
            List<Join> beside,
            List<Counted> counts,
            Ref territory,
            int raisesTo,
            Dataset.@Nullable Assessment aggregation) {}

    /**
     * Items that stand beside a row.
     *
     * @param of {@code agency.dataset} or {@code base.<database>}
     * @param by the item of the row with the other subject's identifier; blank: of the same subject
     * @param items name in this table → item of {@code of}
     */
    public record Join(Place at, Ref of, Ref by, Map<String, Ref> items) {}

    /** A figure per subject: how many rows a dataset has of it, or the sum, least or greatest of one of their items. */
    public record Counted(String name, Place at, Function function, Ref of, Ref item) {}
}
