package io.tongdao.ops.incident;

import io.tongdao.lakehouse.commit.LakeCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A table of the lakehouse with all its snapshots and files, and its index.
 *
 * @param index forgets the index
 */
record TableTrace(String name, LakeCatalog lake, Path data, Consumer<String> index) implements Trace {
    @Override
    public String kind() {
        return "湖仓表 table";
    }

    @Override
    public void remove() throws IOException {
        index.accept(name);
        lake.drop(name);
        folder().remove();
    }

    @Override
    public Optional<String> left() throws IOException {
        return lake.exists(name) ? Optional.of("it is in the catalog") : folder().left();
    }

    private FolderTrace folder() {
        return new FolderTrace(kind(), name, LakeCatalog.folder(data, name));
    }

    @Override
    public String proof() {
        return "目录中无此表，无数据文件与快照 not in the catalog, " + folder().proof();
    }
}
