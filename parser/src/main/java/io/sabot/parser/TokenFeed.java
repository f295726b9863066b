package io.sabot.parser;

import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.SabotSqlParserImplTokenManager;
import io.sabot.parser.impl.SimpleCharStream;
import io.sabot.parser.impl.Token;
import java.io.StringReader;
import java.util.List;

/** Hands tokens that have been cut already to the generated parser, and then the end of file for ever. */
final class TokenFeed extends SabotSqlParserImplTokenManager {
    private final List<Token> tokens;
    private int next;

    TokenFeed(List<Token> tokens) {
        super(new SimpleCharStream(new StringReader(""), 1, 1, 1));
        this.tokens = tokens;
    }

    @Override
    public Token getNextToken() {
        return next < tokens.size() ? tokens.get(next++) : endOfFile(tokens.get(tokens.size() - 1));
    }

    /** Stands on the place behind the last token. */
    static Token endOfFile(Token last) {
        Token end = new Token();
        end.kind = SabotSqlParserImplConstants.EOF;
        end.image = "";
        end.beginLine = last.endLine;
        end.endLine = last.endLine;
        end.beginColumn = last.endColumn + 1;
        end.endColumn = last.endColumn + 1;
        return end;
    }
}
