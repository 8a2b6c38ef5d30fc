package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Catalogue.Calendar;
import io.tongdao.contract.catalogue.Catalogue.Connected;
import io.tongdao.contract.catalogue.Catalogue.Connection;
import io.tongdao.contract.catalogue.Catalogue.DataClass;
import io.tongdao.contract.catalogue.Catalogue.InboxEntry;
import io.tongdao.contract.catalogue.Catalogue.OpenTerms;
import io.tongdao.contract.catalogue.Catalogue.Purpose;
import io.tongdao.contract.catalogue.Catalogue.Receiving;
import io.tongdao.contract.catalogue.Catalogue.Resources;
import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Catalogue.Terms;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.VerifyPlan;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Loads a catalogue's directory whole: the catalogue, or every problem at once. Files that can't be read as YAML do not hide what
 * is wrong in the others, nor do references to what they define count as wrong.
 */
public final class CatalogueLoader {
    private final CatalogueFiles files;
    private final Problems problems;
    private final Variables variables;
    private final TreeSet<String> doubtful = new TreeSet<>();
    private final Roots roots;

    private CatalogueLoader(CatalogueFiles files, Problems problems, Variables variables) {
        this.files = files;
        this.problems = problems;
        this.variables = variables;
        this.roots = this::fromFiles;
    }

    private CatalogueLoader(CatalogueFiles files, Roots roots) {
        this.files = files;
        this.problems = new Problems();
        this.variables = new Variables(Map.of(), false);
        this.roots = roots;
    }

    /** The documents of a register. */
    @FunctionalInterface
    interface Roots {
        /**
         * @param register {@code agencies}, {@code datasets}, …
         * @param what names a document of it in messages
         */
        Stream<Fields> of(String register, String what);
    }

    /** Lets every reader read what {@code roots} makes up, and forgets what comes of it: how {@link CatalogueSchema} learns the words. */
    static void ask(Roots roots) {
        new CatalogueLoader(CatalogueFiles.none(), roots).read();
    }

    /** What loading gives. */
    public sealed interface Loaded {
        record Whole(Catalogue catalogue) implements Loaded {}

        /** @param problems sorted by file and line, never empty */
        record Refused(List<Problem> problems) implements Loaded {}
    }

    /** Loads to check: {@code ${…}} in {@code sources.yaml} stay as they are, ports behind them are 0. */
    public static Loaded load(Path directory) {
        return load(directory, new Variables(Map.of(), false), LocalDate.now(ZoneId.of("Asia/Shanghai")));
    }

    /** Loads to run: every {@code ${…}} needs a value. */
    public static Loaded load(Path directory, Map<String, String> variables) {
        return load(directory, new Variables(variables, true), LocalDate.now(ZoneId.of("Asia/Shanghai")));
    }

    /** Loads what was accepted on a day, by that day: what was valid then stays loadable. */
    public static Loaded load(Path directory, Map<String, String> variables, LocalDate accepted) {
        return load(directory, new Variables(variables, !variables.isEmpty()), accepted);
    }

    static Loaded load(Path directory, Variables variables, LocalDate today) {
        Problems problems = new Problems();
        CatalogueFiles files = CatalogueFiles.read(directory, problems);
        CatalogueLoader loader = new CatalogueLoader(files, problems, variables);
        loader.doubtful.addAll(files.missing());
        Catalogue catalogue = loader.read();
        Checks.run(new Scope(catalogue, loader.doubtful, today), problems);
        List<Problem> found = problems.sorted();
        return found.isEmpty() ? new Loaded.Whole(catalogue) : new Loaded.Refused(found);
    }

    private Catalogue read() {
        Map<String, Connected> connected = register(
                "sources",
                "connection",
                root -> ConnectionReader.read(root, variables),
                Connected::name,
                Connected::at);
        return new Catalogue(
                register("agencies", "agency", RegisterReader::agencies, Agency::id, Agency::at),
                DivisionsReader.read(files, problems, doubtful),
                register("standards", "standard", one(StandardReader::read), Standard::id, Standard::at),
                register("purposes", "purpose", ClassReader::purposes, Purpose::code, Purpose::at),
                register("classes", "class", ClassReader::classes, DataClass::id, DataClass::at),
                resources(),
                register("datasets", "dataset", one(this::dataset), Dataset::id, Dataset::at),
                register("base", "base", one(BaseReader::read), Base::name, Base::at),
                register("themes", "theme", one(ThemeReader::read), Theme::name, Theme::at),
                terms(),
                only(connected, Connection.class),
                only(connected, Receiving.class),
                register(
                        "inboxes",
                        "inbox",
                        root -> InboxReader.read(root, variables).values(),
                        entry -> entry.inbox().name(),
                        InboxEntry::at),
                register("calendar", "calendar", one(CalendarReader::read), Calendar::id, Calendar::at),
                register("open", "publication", one(PublicationReader::read), Publication::id, Publication::at),
                files.digest());
    }

    private static <T> Map<String, T> only(Map<String, Connected> all, Class<T> kind) {
        Map<String, T> some = new LinkedHashMap<>();
        all.forEach((name, one) -> {
            if (kind.isInstance(one)) {
                some.put(name, kind.cast(one));
            }
        });
        return Collections.unmodifiableMap(some);
    }

    private Dataset dataset(Fields root) {
        Dataset dataset = DatasetReader.read(root);
        if (!dataset.stands()) {
            doubtful.add(files.name(dataset.at().file()));
        }
        return dataset;
    }

    private static <T> Function<Fields, List<T>> one(Function<Fields, T> reader) {
        return root -> List.of(reader.apply(root));
    }

    /** The definitions in all files of a register, by id. */
    private <T> Map<String, T> register(
            String register,
            String what,
            Function<Fields, ? extends Collection<T>> reader,
            Function<T, String> id,
            Function<T, Place> place) {
        Map<String, T> all = new LinkedHashMap<>();
        each(register, what, root -> reader.apply(root).forEach(one -> once(all, id.apply(one), one, place, what)));
        return Collections.unmodifiableMap(all);
    }

    private Resources resources() {
        Map<String, Ref> classification = new LinkedHashMap<>();
        Map<String, Ref> retired = new LinkedHashMap<>();
        each("resources", "resources", root -> {
            ClassReader.resources(root, "classification")
                    .forEach((code, name) -> once(classification, code, name, Ref::at, "class of resources"));
            ClassReader.resources(root, "retired")
                    .forEach((code, name) -> once(retired, code, name, Ref::at, "retired code"));
            root.end();
        });
        return new Resources(Collections.unmodifiableMap(classification), Collections.unmodifiableMap(retired));
    }

    private Terms terms() {
        return roots.of("terms", "terms")
                .map(RegisterReader::terms)
                .reduce((first, other) -> first)
                .orElseGet(() -> new Terms(
                        new Place(files.shown("terms.yaml"), 1),
                        new EnumMap<>(SubjectKind.class),
                        RetentionReader.SHORTEST_USE_RECORDS,
                        OpenTerms.DEFAULT,
                        VerifyPlan.DEFAULT,
                        FilePlan.DEFAULT,
                        Plan.KEPT_DAYS));
    }

    private void each(String register, String what, Consumer<Fields> reader) {
        roots.of(register, what).forEach(reader);
    }

    private Stream<Fields> fromFiles(String register, String what) {
        return files.under(register).stream().flatMap(file -> root(file, what).stream());
    }

    private Optional<Fields> root(String file, String what) {
        String shown = files.shown(file);
        Optional<Node.Mapping> tree = YamlReader.read(shown, files.text(file), problems);
        if (tree.isEmpty()) {
            doubtful.add(file);
        }
        return tree.map(node -> new Fields(what, new Place(shown, 1), node, problems));
    }

    private <T> void once(Map<String, T> all, String id, T one, Function<T, Place> place, String what) {
        T before = id.isEmpty() ? null : all.putIfAbsent(id, one);
        if (before != null) {
            Place first = place.apply(before);
            problems.add(
                    place.apply(one),
                    CheckCode.DUPLICATE,
                    what + " " + id + " is defined already at " + first.file() + ":" + first.line()
                            + ": keep one of them");
        }
    }
}
