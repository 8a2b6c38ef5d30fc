package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.Identity;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what subjects are told apart (art. 24): once for each kind, by items of the base database that are compared as what they are, and of
 * which the issuer's dataset says all.
 */
final class IdentityCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        Map<SubjectKind, Base> said = new EnumMap<>(SubjectKind.class);
        for (Base base : scope.catalogue().bases().values()) {
            Identity identity = base.identity();
            if (identity == null) {
                continue;
            }
            Base before = said.putIfAbsent(base.kind(), base);
            if (before != null) {
                problems.add(
                        identity.at(),
                        CheckCode.IDENTITY_TWICE,
                        "base " + before.name() + " says already by what "
                                + base.kind().word() + "s are told apart: keep it in one of them");
            }
            items(base, identity, problems);
            issuer(scope, base, identity, problems);
        }
        scope.catalogue()
                .datasets()
                .values()
                .forEach(dataset -> dataset.subjects()
                        .forEach(subject -> formerly(dataset, subject, said.get(subject.kind()), problems)));
    }

    /** Two identifiers are one subject only by the record of the agency that gives them. */
    private static void formerly(Dataset dataset, Subject subject, @Nullable Base told, Problems problems) {
        References.item(dataset, subject.seal(), problems);
        if (subject.formerly().isEmpty()) {
            return;
        }
        Identity identity = told == null ? null : told.identity();
        if (identity == null || !identity.issuer().id().equals(dataset.id())) {
            problems.add(
                    subject.formerly().getFirst().at(),
                    CheckCode.IDENTITY_FORMERLY,
                    "only the agency that gives the numbers says that one became another: take \"formerly\" out, or name "
                            + dataset.id() + " as the issuer in identity of a base database of "
                            + subject.kind().word() + "s");
        }
        for (Ref ref : subject.formerly()) {
            References.item(dataset, ref, problems);
            Item item = dataset.items().get(ref.id());
            if (item != null && item.typed() && !SubjectCheck.identifies(item.type(), subject.kind())) {
                problems.add(
                        ref.at(),
                        CheckCode.IDENTITY_FORMERLY,
                        "item " + ref.id() + " can't be a former number of a "
                                + subject.kind().word() + ": give it a type with a check, or take it out");
            }
        }
    }

    private static void items(Base base, Identity identity, Problems problems) {
        identity.items().stream()
                .filter(ref -> !base.items().containsKey(ref.id()))
                .forEach(ref -> problems.add(
                        ref.at(),
                        CheckCode.REF_ITEM,
                        "base " + base.name() + " has no item \"" + ref.id()
                                + "\": name items by which its subjects are told apart"));
        if (identity.birth().blank() && identity.sex().blank()) {
            problems.add(
                    identity.at(),
                    CheckCode.IDENTITY_ITEM,
                    "a name alone tells no two " + base.kind().word() + "s apart: name birth, or sex, or both");
        }
        fits(base, identity.name(), "han_name or organisation_name", problems);
        fits(base, identity.birth(), "date", problems);
        fits(base, identity.sex(), "code", problems);
    }

    /** What is spelt differently is not another: a name, a day and a code are compared as such. */
    private static void fits(Base base, Ref ref, String words, Problems problems) {
        BaseItem item = base.items().get(ref.id());
        if (item == null) {
            return;
        }
        boolean fits = switch (item.compare()) {
            case Comparison.HanName c -> words.startsWith("han_name");
            case Comparison.OrganisationName c -> words.startsWith("han_name");
            case Comparison.Day c -> words.equals("date");
            case Comparison.Code c -> words.equals("code");
            case Comparison.Exact c -> false;
            case Comparison.Address c -> false;
            case Comparison.Territory c -> false;
            case Comparison.Number c -> false;
        };
        if (!fits) {
            problems.add(
                    ref.at(),
                    CheckCode.IDENTITY_ITEM,
                    "item " + ref.id() + " is compared as " + ComparisonReader.word(item.compare())
                            + ", and subjects are told apart here by " + words + ": write compare: " + words);
        }
    }

    private static void issuer(Scope scope, Base base, Identity identity, Problems problems) {
        if (identity.issuer().blank()
                || References.dataset(scope, identity.issuer(), problems).isEmpty()) {
            return;
        }
        List<String> silent = identity.items().stream()
                .map(ref -> base.items().get(ref.id()))
                .filter(Objects::nonNull)
                .filter(item -> item.sources().stream()
                        .noneMatch(
                                source -> source.id().equals(identity.issuer().id())))
                .map(BaseItem::name)
                .toList();
        if (!silent.isEmpty()) {
            problems.add(
                    identity.issuer().at(),
                    CheckCode.IDENTITY_ISSUER,
                    identity.issuer().id() + " is no source of " + String.join(", ", silent)
                            + ", so it can't say who has an identifier: name the dataset of the agency that gives them");
        }
    }
}
