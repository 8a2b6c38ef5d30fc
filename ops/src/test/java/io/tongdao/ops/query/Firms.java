package io.tongdao.ops.query;

import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableFiles;
import io.tongdao.lakehouse.query.TableRights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A lakehouse in which one may read {@code open.firms} and knows of {@code share_yb.enrolment}, which is not answered. */
final class Firms implements AutoCloseable {
    private final LakeCatalog catalog;
    private final Path file;

    Firms(Path folder) {
        catalog = LakeCatalog.embedded(folder);
        file = folder.resolve("firms.parquet");
        try {
            new TableFiles(
                            List.of(
                                    new TableFiles.Column("county", "varchar"),
                                    new TableFiles.Column("firms", "integer")),
                            List.of(List.of("盘龙区", "7"), List.of("五华区", "12")))
                    .write(List.of(new TableFiles.Target(file, TableFiles.Format.PARQUET)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LakeQuery lake() {
        return LakeQuery.open(catalog, new TableRights() {
            @Override
            public Right on(String table) {
                return table.equals("share_yb.enrolment") ? new Right.Closed("suspended") : new Right.Unknown();
            }

            @Override
            public Map<String, Path> snapshots() {
                return Map.of("open.firms", file);
            }
        });
    }

    @Override
    public void close() {
        catalog.close();
    }
}
