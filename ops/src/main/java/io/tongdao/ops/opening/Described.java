package io.tongdao.ops.opening;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import java.util.List;
import java.util.Map;

/** What stands beside the data of a version: dictionary (数据字典), report of the check, and its entry as DCAT-AP. */
final class Described {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Format, String> MEDIA = Map.of(
            Format.CSV,
            "text/csv",
            Format.JSON,
            "application/x-ndjson",
            Format.PARQUET,
            "application/vnd.apache.parquet");
    private static final String FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/";
    private static final Map<String, String> FREQUENCIES = Map.of(
            "realtime", "CONT",
            "daily", "DAILY",
            "weekly", "WEEKLY",
            "monthly", "MONTHLY",
            "quarterly", "QUARTERLY",
            "half_yearly", "ANNUAL_2",
            "yearly", "ANNUAL",
            "irregular", "IRREG");

    private final Version version;
    private final PublicationPlan publication;
    private final Plan plan;

    Described(Version version, Plan plan) {
        this.version = version;
        this.publication = version.publication();
        this.plan = plan;
    }

    /** The items with what is left of them, those too that are not published. */
    ObjectNode dictionary() {
        ObjectNode root = head();
        ArrayNode items = root.putArray("items");
        for (Item item : publication.items().values()) {
            Rung rung = version.rung(item);
            ObjectNode one = items.addObject();
            one.put("item", item.name()).put("label", item.label());
            one.put("type", type(item.type(), rung));
            one.put("level", rung.word()).put("levelLabel", rung.label());
            one.put("published", rung != Rung.DROP);
            if (item.type() instanceof ItemType.Code(String standard)) {
                one.put("standard", standard);
            }
        }
        return root;
    }

    /** What was tested and what it cost. */
    ObjectNode report() {
        ObjectNode root = head();
        root.put("k", publication.bounds().k()).put("l", publication.bounds().l());
        root.put("rows", version.rows()).put("groups", version.groups());
        root.put("suppressed", version.suppressed()).put("suppressedAtMost", version.limit());
        root.put("loss", Math.round(version.loss() * 10_000) / 10_000.0);
        return root;
    }

    private ObjectNode head() {
        return JSON.objectNode()
                .put("publication", publication.id())
                .put("version", version.number())
                .put("title", publication.title());
    }

    /** @param digests file → SHA-256, hex */
    ObjectNode dcat(Map<String, String> digests, List<Format> formats) {
        ObjectNode root = JSON.objectNode();
        root.putObject("@context")
                .put("dcat", "http://www.w3.org/ns/dcat#")
                .put("dct", "http://purl.org/dc/terms/")
                .put("foaf", "http://xmlns.com/foaf/0.1/")
                .put("vcard", "http://www.w3.org/2006/vcard/ns#")
                .put("spdx", "http://spdx.org/rdf/terms#")
                .put("xsd", "http://www.w3.org/2001/XMLSchema#");
        root.put("@type", "dcat:Dataset");
        root.put("dct:identifier", publication.id());
        root.set("dct:title", chinese(publication.title()));
        root.set(
                "dct:description",
                chinese(publication.title() + "，经匿名化检验（k="
                        + publication.bounds().k() + "，l="
                        + publication.bounds().l() + "）"));
        root.put("dcat:version", Integer.toString(version.number()));
        root.set("dct:issued", instant());
        root.putObject("dct:temporal").put("@type", "dct:PeriodOfTime").set("dcat:endDate", instant());
        root.putObject("dct:spatial")
                .put("@type", "dct:Location")
                .put("dct:identifier", publication.zone())
                .put("dct:title", plan.divisions().names().getOrDefault(publication.zone(), ""));
        root.putObject("dct:accrualPeriodicity").put("@id", FREQUENCY + FREQUENCIES.get(publication.update()));
        root.set("dct:accessRights", chinese(publication.conditional() ? "有条件开放" : "无条件开放"));
        root.putObject("dct:publisher").put("@type", "foaf:Agent").set("foaf:name", chinese(publisher()));
        root.putObject("dcat:contactPoint")
                .put("@type", "vcard:Organization")
                .put("vcard:fn", publisher())
                .put("vcard:note", publication.contact());
        ArrayNode distributions = root.putArray("dcat:distribution");
        formats.forEach(format -> distributions.add(distribution(format, digests)));
        return root;
    }

    private ObjectNode distribution(Format format, Map<String, String> digests) {
        String file = OpenFiles.data(format);
        ObjectNode one = JSON.objectNode().put("@type", "dcat:Distribution");
        one.putObject("dcat:accessURL").put("@id", file);
        one.putObject("dcat:downloadURL").put("@id", file);
        one.put("dct:format", format.name()).put("dcat:mediaType", MEDIA.get(format));
        one.putObject("dct:license").put("@type", "dct:LicenseDocument").put("dct:title", publication.licence());
        one.putObject("spdx:checksum")
                .put("@type", "spdx:Checksum")
                .put("spdx:algorithm", "spdx:checksumAlgorithm_sha256")
                .put("spdx:checksumValue", digests.get(file));
        return one;
    }

    private String publisher() {
        Plan.Agency agency = plan.agencies().get(publication.publisher());
        return agency == null ? publication.publisher() : agency.name();
    }

    private static ObjectNode chinese(String text) {
        return JSON.objectNode().put("@value", text).put("@language", "zh");
    }

    private ObjectNode instant() {
        return JSON.objectNode().put("@value", version.at().toString()).put("@type", "xsd:dateTime");
    }

    /** The SQL type of what is published. */
    static String type(ItemType type, Rung rung) {
        if (rung == Rung.YEAR) {
            return "integer";
        }
        if (rung == Rung.DAY) {
            return "date";
        }
        return rung == Rung.KEEP ? Column.of("", type).type() : "varchar";
    }
}
