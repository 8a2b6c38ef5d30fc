package io.tongdao.contract.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a catalogue's directory, all read once: what is checked is what is compiled and digested. */
final class CatalogueFiles {
    /** A register is one file, or several in a directory of its name: so a new agency is new files and no edited one. */
    private static final Pattern PLACES =
            Pattern.compile("(agencies|sources|inboxes|terms|purposes|classes|resources)\\.yaml"
                    + "|(agencies|sources|inboxes|purposes|classes|resources|standards|base|themes|open|calendar)/[^/]+\\.yaml"
                    + "|datasets/[^/]+/[^/]+\\.yaml|divisions(_history)?\\.csv");

    /** Applications for grants lie beside the catalogue and are no part of it. */
    private static final String GRANTS = "grants/";

    private static final List<String> NEEDED =
            List.of("divisions.csv", "terms.yaml", "purposes.yaml", "classes.yaml", "resources.yaml");

    private final Path directory;
    private final TreeMap<String, String> texts = new TreeMap<>();

    private CatalogueFiles(Path directory) {
        this.directory = directory;
    }

    static CatalogueFiles none() {
        return new CatalogueFiles(Path.of(""));
    }

    static CatalogueFiles read(Path directory, Problems problems) {
        CatalogueFiles files = new CatalogueFiles(directory);
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.filter(Files::isRegularFile).forEach(path -> files.take(path, problems));
        } catch (NoSuchFileException e) {
            problems.add(new Place(directory.toString(), 1), CheckCode.FILE_MISSING, "there is no such directory");
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + directory, e);
        }
        for (String needed : files.missing()) {
            problems.add(
                    new Place(files.shown(needed), 1),
                    CheckCode.FILE_MISSING,
                    "the catalogue has no " + needed + ": add it");
        }
        return files;
    }

    /** What every catalogue has, and this one has not. */
    List<String> missing() {
        return NEEDED.stream().filter(needed -> under(needed).isEmpty()).toList();
    }

    private void take(Path path, Problems problems) {
        String name = directory.relativize(path).toString().replace('\\', '/');
        boolean data = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".csv");
        if (!data || name.startsWith(GRANTS)) {
            return;
        }
        if (!PLACES.matcher(name).matches()) {
            problems.add(
                    new Place(path.toString(), 1),
                    CheckCode.FILE_UNKNOWN,
                    "no catalogue file is called " + name + ": agencies.yaml, sources.yaml, inboxes.yaml, terms.yaml,"
                            + " purposes.yaml, classes.yaml, resources.yaml,"
                            + " divisions.csv, standards/x.yaml, base/x.yaml,"
                            + " themes/x.yaml, open/x.yaml, calendar/2027.yaml or datasets/agency/x.yaml");
            return;
        }
        try {
            texts.put(name, Files.readString(path));
        } catch (CharacterCodingException e) {
            problems.add(
                    new Place(path.toString(), 1), CheckCode.FILE_ENCODING, "the file is not UTF-8: save it as UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path, e);
        }
    }

    /** The names under a prefix: {@code agencies} gives {@code agencies.yaml} and {@code agencies/…}. */
    List<String> under(String register) {
        String stem = register.replace(".yaml", "");
        return texts.keySet().stream()
                .filter(name -> name.equals(register) || name.equals(stem + ".yaml") || name.startsWith(stem + "/"))
                .toList();
    }

    /** Name → text of all of them. */
    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** The file as the user would name it. */
    String shown(String name) {
        return directory.resolve(name).toString();
    }

    /** The file as the catalogue names it, from {@link #shown}. */
    String name(String shown) {
        return directory.relativize(Path.of(shown)).toString().replace('\\', '/');
    }

    /** SHA-256 over names and contents, hex. */
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                digest.update((name + '\0' + text + '\0').getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
