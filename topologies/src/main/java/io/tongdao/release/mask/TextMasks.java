package io.tongdao.release.mask;

import java.util.Set;
import java.util.function.UnaryOperator;

/** Masks of names and numbers, in characters. What is too short to be masked in part is masked whole. */
final class TextMasks {
    /** The length of what is masked whole says nothing of the value. */
    static final String HIDDEN = "***";

    private static final int SHORTEST_ID = 15;
    private static final int SHORTEST_DOCUMENT = 8;
    private static final String INTERPUNCTS = "·•‧∙・･⋅";
    /** 复姓 that are still borne; a name of two characters is read as a single surname. */
    private static final Set<String> COMPOUND = Set.of(
            "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政",
            "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
            "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌",
            "微生", "公户", "公玉", "梁丘", "左丘", "东门", "西门", "第五", "纳兰", "完颜");

    private TextMasks() {}

    /** The invariant of every mask of text: the result never equals the value. */
    static String changed(String value, UnaryOperator<String> mask) {
        String masked = mask.apply(value);
        if (!masked.equals(value)) {
            return masked;
        }
        return value.equals(HIDDEN) ? HIDDEN + '*' : HIDDEN;
    }

    static String surname(String name) {
        int length = Characters.count(name);
        if (length < 2) {
            return "*";
        }
        int kept = length > 2 && compound(name) ? 2 : 1;
        return Characters.head(name, kept) + stars(length - kept);
    }

    static String id(String number) {
        String plain = Characters.plain(number);
        int length = Characters.count(plain);
        return length < SHORTEST_ID
                ? HIDDEN
                : Characters.head(plain, 6) + stars(length - 10) + Characters.tail(plain, 4);
    }

    static String last4(String number) {
        String plain = Characters.plain(number);
        int length = Characters.count(plain);
        return length < SHORTEST_DOCUMENT ? HIDDEN : stars(length - 4) + Characters.tail(plain, 4);
    }

    /** Of a name of several parts (阿依古丽·买买提) the first is no surname, even if it begins like one. */
    private static boolean compound(String name) {
        if (!COMPOUND.contains(name.substring(0, 2))) {
            return false;
        }
        for (int at = 2; at < name.length(); at++) {
            if (INTERPUNCTS.indexOf(name.charAt(at)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String stars(int count) {
        return "*".repeat(count);
    }
}
