package io.tongdao.ops.files;

import io.tongdao.ops.embedded.DataDirectory;
import java.nio.file.Path;
import java.time.Instant;

/** Makes one version after another until it is killed. */
final class DoomedMaking {
    private DoomedMaking() {}

    public static void main(String[] args) throws Exception {
        DataDirectory data = DataDirectory.open(Path.of(args[0]));
        FileShelf shelf = new FileShelf(data);
        Making making = new Making(data, false);
        for (int n = 0; n < 10_000; n++) {
            making.of(shelf).make(Making.rows(4_000), Instant.now(), () -> true);
            System.out.println("MADE");
        }
    }
}
