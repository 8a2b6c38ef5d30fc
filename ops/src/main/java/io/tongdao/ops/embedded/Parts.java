package io.tongdao.ops.embedded;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the servers that the build unpacked: {@code apicurio}, {@code mariadb}, {@code postgres} under {@code parts}. The system
 * property {@code tongdao.home} names a clone or an installation; without it they lie beside the classes of this module.
 */
final class Parts {
    static final String HOME = "tongdao.home";

    private Parts() {}

    /** @throws StartFailedException if the build was not run */
    static Path of(String part) {
        return candidates()
                .map(parts -> parts.resolve(part))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(
                        () -> new StartFailedException(part + " is not unpacked; build first (mvn package), or set -D"
                                + HOME + " to a clone that is built"));
    }

    private static Stream<Path> candidates() {
        Stream<Path> home = Optional.ofNullable(System.getProperty(HOME)).map(Path::of).stream()
                .flatMap(clone -> Stream.of(clone.resolve("parts"), clone.resolve("ops/target/parts")));
        return Stream.concat(home, Stream.of(besideClasses().resolveSibling("parts")));
    }

    private static Path besideClasses() {
        try {
            return Path.of(Parts.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new StartFailedException("set -D" + HOME + ": this program can't tell where it lies: " + e, e);
        }
    }
}
