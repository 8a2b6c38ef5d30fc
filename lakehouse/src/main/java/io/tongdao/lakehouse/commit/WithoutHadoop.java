package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Opens Parquet writers where Hadoop's configuration files are not found. Parquet's writer asks a new Hadoop {@code Configuration} for its
 * settings, which all come from the table's properties here; reading Hadoop's own 2,000 settings from XML for each file costs more than
 * writing a small one.
 */
final class WithoutHadoop extends ClassLoader {
    private static final WithoutHadoop LOADER = new WithoutHadoop(WithoutHadoop.class.getClassLoader());

    private WithoutHadoop(ClassLoader parent) {
        super("without-hadoop-settings", parent);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.equals("core-default.xml") || name.equals("core-site.xml") ? null : super.getResource(name);
    }

    /** @throws IOException as the call does */
    static <T> T call(Call<T> call) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LOADER);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What is to be opened. */
    interface Call<T> {
        T call() throws IOException;
    }
}
