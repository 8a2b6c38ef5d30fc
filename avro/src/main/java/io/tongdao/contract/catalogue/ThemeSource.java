package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a thematic table is made of, seen the same for a dataset and a base database, while the catalogue may still be unsound. */
sealed interface ThemeSource {
    String BASE = "base.";

    Scope scope();

    Set<SubjectKind> kinds();

    Collection<String> items();

    /** The item's type if it has it and it could be read. */
    Optional<ItemType> type(String item);

    /** The bases of territory (hukou, residence, handling) that it declares. */
    Set<String> territories();

    /** Whether all that its territories depend on could be read. */
    boolean certain();

    /** Whether one row of a subject can be told to stand for it. */
    boolean single();

    boolean golden();

    String name();

    /** The level of one of its items; 0: unknown. */
    int level(String item);

    Optional<List<String>> purposes();

    /** The items of datasets whose values may stand under a name. */
    Stream<Item> behind(String item);

    /** Every dataset that it shows something of. */
    Stream<Dataset> datasets();

    static Optional<ThemeSource> of(Scope scope, Ref ref, Problems problems) {
        if (ref.id().startsWith(BASE)) {
            return References.base(scope, new Ref(ref.id().substring(BASE.length()), ref.at()), problems)
                    .map(base -> new OfBase(scope, base));
        }
        return References.dataset(scope, ref, problems).map(dataset -> new OfDataset(scope, dataset));
    }

    static Optional<ThemeSource> of(Scope scope, Ref ref) {
        return of(scope, ref, new Problems());
    }

    /** Its type if it has such an item, which is reported if not. */
    default Optional<ItemType> item(Ref item, Problems problems) {
        References.known(item, CheckCode.REF_ITEM, items(), "name an item of " + name(), problems);
        return type(item.id());
    }

    /** What all of it and others may be used for: empty where none restricts, an empty list where they have nothing in common. */
    default Optional<List<String>> purposes(List<Ref> others) {
        Stream<List<String>> all = Stream.concat(
                        Stream.of(this), others.stream().flatMap(ref -> of(scope(), ref).stream()))
                .flatMap(source -> source.purposes().stream());
        return Purposes.common(scope().catalogue().purposes(), all);
    }

    record OfDataset(Scope scope, Dataset dataset) implements ThemeSource {
        @Override
        public Set<SubjectKind> kinds() {
            Set<SubjectKind> kinds = EnumSet.noneOf(SubjectKind.class);
            dataset.subjects().stream().map(Subject::kind).forEach(kinds::add);
            return kinds;
        }

        @Override
        public Collection<String> items() {
            return dataset.items().keySet();
        }

        @Override
        public Optional<ItemType> type(String item) {
            return Optional.ofNullable(dataset.items().get(item))
                    .filter(Item::typed)
                    .map(Item::type);
        }

        @Override
        public Set<String> territories() {
            return dataset.territories().keySet();
        }

        @Override
        public boolean certain() {
            return !dataset.subjects().isEmpty();
        }

        @Override
        public boolean single() {
            return dataset.rowKey().isEmpty() || !dataset.asOf().blank();
        }

        @Override
        public boolean golden() {
            return false;
        }

        @Override
        public String name() {
            return dataset.id();
        }

        @Override
        public int level(String item) {
            Item found = dataset.items().get(item);
            return found == null ? 0 : found.level();
        }

        @Override
        public Optional<List<String>> purposes() {
            return Optional.of(Purposes.of(dataset)).filter(list -> !list.isEmpty());
        }

        @Override
        public Stream<Item> behind(String item) {
            return Stream.ofNullable(dataset.items().get(item));
        }

        @Override
        public Stream<Dataset> datasets() {
            return Stream.of(dataset);
        }
    }

    record OfBase(Scope scope, Base base) implements ThemeSource {
        @Override
        public Set<SubjectKind> kinds() {
            return EnumSet.of(base.kind());
        }

        @Override
        public Collection<String> items() {
            return base.items().keySet();
        }

        @Override
        public Stream<Item> behind(String item) {
            Base.BaseItem golden = base.items().get(item);
            return golden == null
                    ? Stream.empty()
                    : golden.sources().stream()
                            .flatMap(ref -> Optional.ofNullable(
                                    scope.catalogue().datasets().get(ref.id()))
                                    .stream())
                            .flatMap(dataset -> dataset.subjects().stream()
                                    .filter(subject -> subject.kind() == base.kind())
                                    .flatMap(subject -> dataset.claim(subject, item).stream()));
        }

        @Override
        public Optional<ItemType> type(String item) {
            return behind(item).filter(Item::typed).findFirst().map(Item::type);
        }

        @Override
        public Set<String> territories() {
            Set<String> bases = new TreeSet<>();
            for (Base.BaseItem item : base.items().values()) {
                for (Ref leader : item.leaders()) {
                    Dataset dataset = scope.catalogue().datasets().get(leader.id());
                    if (dataset != null) {
                        dataset.territories().forEach((basis, division) -> {
                            if (behind(item.name())
                                    .anyMatch(found -> found.name().equals(division.id()))) {
                                bases.add(basis);
                            }
                        });
                    }
                }
            }
            return bases;
        }

        @Override
        public boolean certain() {
            return base.items().values().stream()
                    .flatMap(item -> item.leaders().stream())
                    .allMatch(leader -> {
                        Dataset dataset = scope.catalogue().datasets().get(leader.id());
                        return dataset != null
                                && !dataset.subjects().isEmpty()
                                && dataset.territories().values().stream()
                                        .allMatch(item -> dataset.items().containsKey(item.id()));
                    });
        }

        @Override
        public boolean single() {
            return true;
        }

        @Override
        public boolean golden() {
            return true;
        }

        @Override
        public String name() {
            return BASE + base.name();
        }

        @Override
        public int level(String item) {
            return behind(item).mapToInt(Item::level).max().orElse(0);
        }

        @Override
        public Optional<List<String>> purposes() {
            return Purposes.common(scope.catalogue(), base);
        }

        @Override
        public Stream<Dataset> datasets() {
            return base.items().values().stream()
                    .flatMap(item -> item.sources().stream())
                    .map(Ref::id)
                    .distinct()
                    .flatMap(
                            id -> Stream.ofNullable(scope.catalogue().datasets().get(id)));
        }
    }
}
