package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Source;
import java.nio.file.Path;
import java.time.Period;
import java.util.Map;

/**
 * The one catalogue of all public data (art. 14), as written: what {@link PlanCompiler} compiles. Loaded only whole and only
 * without a problem.
 *
 * @param datasets by id {@code agency.dataset}
 * @param digest SHA-256 of all its files, hex
 */
public record Catalogue(
        Map<String, Agency> agencies,
        Divisions divisions,
        Map<String, Standard> standards,
        Map<String, Dataset> datasets,
        Map<String, Base> bases,
        Terms terms,
        Map<String, Connection> connections,
        Map<String, InboxEntry> inboxes,
        String digest) {

    /**
     * Loads a catalogue to be run.
     *
     * @param variables what stands for {@code ${name}} in {@code sources.yaml}
     * @throws CatalogueRefused with every problem it has
     */
    public static Catalogue load(Path directory, Map<String, String> variables) {
        return switch (CatalogueLoader.load(directory, variables)) {
            case CatalogueLoader.Loaded.Whole whole -> whole.catalogue();
            case CatalogueLoader.Loaded.Refused refused -> throw new CatalogueRefused(refused.problems());
        };
    }

    /** A body that publishes, consumes or receives (公共管理和服务机构). */
    public record Agency(String id, Place at, String name, Level level, Ref division) {
        /** The level of government it belongs to. */
        public enum Level {
            PROVINCE,
            PREFECTURE,
            COUNTY
        }
    }

    /**
     * A code table (art. 18).
     *
     * @param excerpt lists only part of the standard's codes: an unlisted code is no error
     * @param documents of a standard of document types: code → kind of document, and so how its numbers are checked and keyed
     */
    public record Standard(
            String id,
            Place at,
            String title,
            boolean excerpt,
            Map<String, Ref> codes,
            Map<String, DocumentKind> documents) {}

    /** What the authority sets for all: partitions of topics, and how long records of use are kept (art. 35). */
    public record Terms(Map<SubjectKind, Integer> partitions, Period useRecords) {}

    /** A connection to an agency's database, and where it is written. */
    public record Connection(Place at, Source source) {}

    /** An agency's inbox for files, and where it is written. */
    public record InboxEntry(Place at, Inbox inbox) {}
}
