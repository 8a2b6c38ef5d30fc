package io.tongdao.reconcile.rule;

/**
 * The township that an address names behind its county: what ends in 街道办事处, 街道, 镇, 乡 or 苏木, has a name before that, and does not
 * go on as the name of a road or village (镇雄路, 新乡村).
 */
final class Townships {
    private static final String OFFICE = "\u529e\u4e8b\u5904";
    private static final String[] ENDINGS = {"\u8857\u9053", "\u9547", "\u4e61", "\u82cf\u6728"};
    private static final String GOES_ON = "\u8def\u8857\u5df7\u9053\u6751\u53f7";

    private Townships() {}

    /** The township's name, empty if the text does not begin with one. */
    static String in(String text) {
        for (int at = 1; at < text.length(); at++) {
            for (String ending : ENDINGS) {
                if (text.startsWith(ending, at)) {
                    int end = at + ending.length();
                    return goesOn(text, end) ? "" : text.substring(0, end);
                }
            }
        }
        return "";
    }

    private static boolean goesOn(String text, int end) {
        return end < text.length() && !text.startsWith(OFFICE, end) && GOES_ON.indexOf(text.charAt(end)) >= 0;
    }
}
