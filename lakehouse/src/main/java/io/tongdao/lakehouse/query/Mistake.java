package io.tongdao.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * DuckDB's error in one line: where in the query, what, and what to do. What it says while it reads a query tells of the query and of the tables'
 * columns alone; what it says while it runs one may quote a row's value, so nothing of that is passed on but its kind.
 */
final class Mistake {
    private static final Pattern TYPE = Pattern.compile("(?:to|destination type) ([A-Z][A-Z0-9_]*)");
    private static final int CANDIDATES = 3;

    private Mistake() {}

    /** @param before bytes that DuckDB was given before the query */
    static QueryRefused of(SQLException e, Asked asked, int before) {
        String message = String.valueOf(e.getMessage());
        int json = message.indexOf('{');
        if (json < 0) {
            return new QueryRefused(
                    "the query failed while it ran; a value may be none that a function or a cast takes");
        }
        JsonNode error = Serialised.read(message.substring(json));
        return new QueryRefused(asked.place(error.path("position").asText(), before) + text(error));
    }

    /** While rows stream DuckDB says only that there is no result, not why. */
    static boolean isMute(SQLException e) {
        return String.valueOf(e.getMessage()).indexOf('{') < 0;
    }

    private static String text(JsonNode error) {
        String message = error.path("exception_message").asText();
        return switch (error.path("exception_type").asText()) {
            case "Parser", "Syntax", "Binder", "Catalog", "Parameter Not Allowed", "Not implemented" ->
                firstLine(message) + candidates(error);
            case "Conversion" -> "a value can't be converted" + type(message) + "; try_cast gives null instead";
            case "Out of Range" -> "a number is out of its type's range; cast it to a wider type";
            case "Out of Memory" ->
                "the query needs more memory than one may take (" + LakeQuery.MEMORY
                        + "); name the columns, filter, or aggregate first";
            case "IO", "HTTP" -> "a data file can't be read; the tables may have changed meanwhile: ask again";
            case "Permission" -> "files can't be read here, only tables";
            case "Invalid Input" -> "a function can't take a value; try(…) gives null instead";
            default -> "the query failed (" + error.path("exception_type").asText() + ")";
        };
    }

    private static String type(String message) {
        Matcher matcher = TYPE.matcher(message);
        String found = "";
        while (matcher.find()) {
            found = " to " + matcher.group(1);
        }
        return found;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String candidates(JsonNode error) {
        String named = error.path("candidates").asText();
        String subtype = error.path("error_subtype").asText();
        if (named.isEmpty() || subtype.equals("NO_MATCHING_FUNCTION")) {
            return "";
        }
        return Arrays.stream(named.split(","))
                .limit(CANDIDATES)
                .collect(Collectors.joining(", ", "; did you mean ", "?"));
    }
}
