package io.tongdao.ops.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

/** A consumer's settings as a properties file for stock clients, readable by its owner alone. */
final class ClientFile {
    private ClientFile() {}

    static Path write(Beside beside, String principal) throws IOException {
        Path file = beside.data().secrets().resolve(principal + ".properties");
        Properties settings = new Properties();
        for (Map.Entry<String, Object> setting : beside.client(principal).entrySet()) {
            settings.setProperty(setting.getKey(), setting.getValue().toString());
        }
        settings.setProperty("isolation.level", "read_committed");
        settings.setProperty("group.id", principal);
        settings.setProperty("auto.offset.reset", "earliest");
        settings.setProperty("schema.registry.url", beside.running().registry());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            settings.store(out, "Tongdao: settings of " + principal);
        }
        return file;
    }
}
