package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.Inbox;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.plan.VerifyPlan;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;

/**
 * The one catalogue of all public data (art. 14), as written: what {@link PlanCompiler} compiles. Loaded only whole and only
 * without a problem.
 *
 * @param agencies by id
 * @param standards by id
 * @param purposes by code
 * @param classes by id
 * @param datasets by id {@code agency.dataset}
 * @param bases by name
 * @param themes by name
 * @param connections by name
 * @param receivers by name: the lower levels' own databases
 * @param calendars by year
 * @param publications by id
 * @param digest SHA-256 of all its files, hex
 */
public record Catalogue(
        Map<String, Agency> agencies,
        Divisions divisions,
        Map<String, Standard> standards,
        Map<String, Purpose> purposes,
        Map<String, DataClass> classes,
        Resources resources,
        Map<String, Dataset> datasets,
        Map<String, Base> bases,
        Map<String, Theme> themes,
        Terms terms,
        Map<String, Connection> connections,
        Map<String, Receiving> receivers,
        Map<String, InboxEntry> inboxes,
        Map<String, Calendar> calendars,
        Map<String, Publication> publications,
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

    /**
     * A body that publishes, consumes or receives (公共管理和服务机构).
     *
     * @param creditCode its unified social credit code (提供方代码)
     * @param officer its chief data officer (首席数据官, art. 8), or empty
     */
    public record Agency(String id, Place at, String name, Level level, Ref division, Ref creditCode, String officer) {
        /** The level of government it belongs to. */
        public enum Level {
            PROVINCE,
            PREFECTURE,
            COUNTY
        }
    }

    /**
     * A data standard (art. 18).
     *
     * @param versions the oldest first
     * @param documents of a standard of document types: code → kind of document, and so how its numbers are checked and keyed
     * @param maps other table → what its codes are in this one
     */
    public record Standard(
            String id,
            Place at,
            String title,
            StandardPlan.Kind kind,
            List<Version> versions,
            Map<String, DocumentKind> documents,
            Map<String, Mapping> maps) {}

    /**
     * What the codes of another table are in this one.
     *
     * @param codes their code → ours
     */
    public record Mapping(Place at, Map<String, Ref> codes) {}

    /**
     * One version of a standard.
     *
     * @param from the first day it is in force
     * @param until the last one, {@link LocalDate#MAX}: still is
     * @param excerpt lists only part of the standard's codes: an unlisted code is no error
     * @param codes of a code table: code → meaning
     * @param formats of a format standard: a value has one of them
     */
    public record Version(
            String version,
            Place at,
            LocalDate from,
            LocalDate until,
            boolean excerpt,
            Map<String, Ref> codes,
            List<StandardPlan.Format> formats) {}

    /** What data may be used for (使用用途, art. 29); whoever may use it for {@code under} may use it for this. */
    public record Purpose(String code, Place at, String label, Ref under) {}

    /**
     * A class of data (数据分类, GB/T 43697, art. 13).
     *
     * @param local added by the province: it stands below a national class, and is never of a lower level
     * @param level the least level of what is of this class, as written; 0: that of the class above
     */
    public record DataClass(String id, Place at, String label, boolean local, Ref under, int level) {}

    /**
     * 信息资源分类: digits (类 1, 项 2 more, 目 3 more, 细目 any) → name, and the codes that were withdrawn with the dataset that had each:
     * they are never used again.
     */
    public record Resources(Map<String, Ref> classification, Map<String, Ref> retired) {}

    /** What the authority sets for all: partitions of topics, how long records of use are kept (art. 35), what opened data must keep (art. 38), how often values are verified (art. 33), how files are delivered, of how many days tables remember how they stood. */
    public record Terms(
            Place at,
            Map<SubjectKind, Integer> partitions,
            Period useRecords,
            OpenTerms open,
            VerifyPlan verify,
            FilePlan files,
            int keptDays) {}

    /**
     * How well nobody can be told from a publication.
     *
     * @param kConditional the fewest rows of a group in a conditional publication
     * @param kUnconditional the same in one that everybody can read
     * @param l the fewest values of a sensitive item in a group
     * @param suppressPercent how much of a table may be left out
     */
    public record OpenTerms(int kConditional, int kUnconditional, int l, int suppressPercent) {
        /** What holds where terms.yaml says nothing else. */
        public static final OpenTerms DEFAULT = new OpenTerms(5, 20, 3, 5);
    }

    /**
     * The State Council's list of a year's days off (部分节假日安排), by which terms of the regulation are counted.
     *
     * @param year 0 after a problem
     * @param notice by which it was published
     * @param off days off, whatever day of the week they are, and where each is written
     * @param work Saturdays and Sundays that are worked (调休)
     */
    public record Calendar(Place at, int year, String notice, Map<LocalDate, Place> off, Map<LocalDate, Place> work) {
        String id() {
            return year == 0 ? "" : Integer.toString(year);
        }
    }

    /** An entry of {@code sources.yaml}. */
    public sealed interface Connected {
        Place at();

        String name();
    }

    /** A connection to an agency's database, and where it is written. */
    public record Connection(Place at, Source source) implements Connected {
        @Override
        public String name() {
            return source.name();
        }
    }

    /** A database that receives returns, and where it is written. */
    public record Receiving(Place at, Receiver receiver) implements Connected {
        @Override
        public String name() {
            return receiver.name();
        }
    }

    /** An agency's inbox for files, and where it is written. */
    public record InboxEntry(Place at, Inbox inbox) {}
}
