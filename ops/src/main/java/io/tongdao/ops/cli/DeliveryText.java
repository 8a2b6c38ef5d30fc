package io.tongdao.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a return into a lower level's database is doing, as the running exchange wrote it down. */
final class DeliveryText {
    private DeliveryText() {}

    /** @param status the status file; nothing is told if there is none yet */
    static List<String> of(Path status, String grant) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(status)) {
            for (JsonNode one : new ObjectMapper().readTree(status.toFile()).path("deliveries")) {
                if (one.path("grant").asText().equals(grant)) {
                    lines.add("回流入库 into database %s，%s，e%d，滞后 lag %,d，表 table %s"
                            .formatted(
                                    one.path("connection").asText(),
                                    word(one.path("state").asText()),
                                    one.path("epoch").asInt(),
                                    one.path("lag").asLong(),
                                    one.path("table").asText()));
                    String reason = one.path("reason").asText();
                    if (!reason.isEmpty()) {
                        lines.add("  停滞原因 reason      " + reason + "，自 since "
                                + one.path("since").asText());
                    }
                }
            }
        }
        return lines;
    }

    private static String word(String state) {
        return switch (state) {
            case "beginning" -> "准备中 beginning";
            case "filling" -> "新一期装载中 filling";
            case "delivering" -> "投送中 delivering";
            case "standing" -> "停滞 standing";
            default -> state;
        };
    }
}
