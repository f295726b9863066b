package io.sabot.planner.function;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperator;

/** Finds the functions of users that a statement may call; asked where no function of the dialect has the name. */
@FunctionalInterface
public interface UserFunctions {
    /** There are none. */
    UserFunctions NONE = name -> Optional.empty();

    /** The function of a name as written, of one to three parts. */
    Optional<SqlOperator> find(List<String> name);
}
