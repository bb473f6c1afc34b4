package dev.rollcall.plan.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Compiles CEL expressions over a mapped person: each attribute is a text under its own name, empty
 * when it has no value, and {@code affiliations} is a list. A name nobody maps does not compile.
 */
public final class CelExpressions {

  static final String AFFILIATIONS = "affiliations";

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(
              CelFunctionBinding.from("without_accents", String.class, Texts::withoutAccents),
              CelFunctionBinding.from("name_case", String.class, Texts::nameCase),
              CelFunctionBinding.from("digits", String.class, Texts::digits))
          .build();

  private final CelCompiler compiler;

  /**
   * @param attributes the names an expression may use
   */
  public CelExpressions(Collection<String> attributes) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(
                function("withoutAccents", "without_accents"),
                function("nameCase", "name_case"),
                function("digits", "digits"))
            .addVar(
                AFFILIATIONS, ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN)));
    attributes.forEach(attribute -> builder.addVar(attribute, SimpleType.STRING));
    this.compiler = builder.build();
  }

  private static CelFunctionDecl function(String name, String overload) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(overload, SimpleType.STRING, SimpleType.STRING));
  }

  /**
   * An expression that gives a text.
   *
   * @throws IllegalArgumentException when it does not compile; the message says where and why
   */
  public Expression<String> text(String source) {
    return new CelExpression<>(source, program(source, SimpleType.STRING, "a text"), String.class);
  }

  /**
   * An expression that holds or does not.
   *
   * @throws IllegalArgumentException when it does not compile; the message says where and why
   */
  public Expression<Boolean> condition(String source) {
    return new CelExpression<>(
        source, program(source, SimpleType.BOOL, "true or false"), Boolean.class);
  }

  private CelRuntime.Program program(String source, CelType wanted, String described) {
    CelValidationResult result = compiler.compile(source);
    if (result.hasError()) {
      throw new IllegalArgumentException(
          result.getErrors().stream()
              .map(CelExpressions::described)
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      if (!tree.getResultType().equals(wanted)) {
        throw new IllegalArgumentException(
            "it gives %s, but must give %s".formatted(tree.getResultType().name(), described));
      }
      return RUNTIME.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static String described(CelIssue issue) {
    return "column %d: %s".formatted(issue.getSourceLocation().getColumn() + 1, issue.getMessage());
  }
}
