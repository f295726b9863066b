package io.sabot.planner.validate;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMdAllPredicates;
import org.apache.calcite.rel.metadata.RelMdCollation;
import org.apache.calcite.rel.metadata.RelMdColumnOrigins;
import org.apache.calcite.rel.metadata.RelMdColumnUniqueness;
import org.apache.calcite.rel.metadata.RelMdExplainVisibility;
import org.apache.calcite.rel.metadata.RelMdFunctionalDependency;
import org.apache.calcite.rel.metadata.RelMdMaxRowCount;
import org.apache.calcite.rel.metadata.RelMdMinRowCount;
import org.apache.calcite.rel.metadata.RelMdNodeTypes;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMdRowCount;
import org.apache.calcite.rel.metadata.RelMdSelectivity;
import org.apache.calcite.rel.metadata.RelMdUniqueKeys;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Metadata through reflection and of few kinds: compiled handlers cost half a second in a fresh process. */
final class LeanMetadata {
    private LeanMetadata() {}

    /** Nothing is loaded until a rule asks. */
    static void install(RelOptCluster cluster) {
        cluster.setMetadataQuerySupplier(() -> new Query(Handlers.PROVIDER));
    }

    private static final class Handlers {
        static final MetadataHandlerProvider PROVIDER =
                new ProxyingMetadataHandlerProvider(ChainedRelMetadataProvider.of(List.of(
                        RelMdRowCount.SOURCE,
                        RelMdMaxRowCount.SOURCE,
                        RelMdMinRowCount.SOURCE,
                        RelMdUniqueKeys.SOURCE,
                        RelMdColumnUniqueness.SOURCE,
                        RelMdPredicates.SOURCE,
                        RelMdAllPredicates.SOURCE,
                        RelMdCollation.SOURCE,
                        RelMdColumnOrigins.SOURCE,
                        RelMdSelectivity.SOURCE,
                        RelMdNodeTypes.SOURCE,
                        RelMdExplainVisibility.SOURCE,
                        RelMdFunctionalDependency.SOURCE)));
    }

    private static final class Query extends RelMetadataQuery {
        Query(MetadataHandlerProvider handlers) {
            super(handlers);
        }

        /** None: Calcite takes them from simplified conditions only, and fails at a comparison with a NULL literal. */
        @Override
        public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
            return RelOptPredicateList.EMPTY;
        }

        /** Of a join that marks its left rows those of the left rows; Calcite takes the mark for a column of the right. */
        @Override
        public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
            if (rel instanceof Join join && join.getJoinType() == JoinRelType.LEFT_MARK) {
                int mark = join.getLeft().getRowType().getFieldCount();
                return areColumnsUnique(join.getLeft(), columns.clear(mark), ignoreNulls);
            }
            return super.areColumnsUnique(rel, columns, ignoreNulls);
        }
    }
}
