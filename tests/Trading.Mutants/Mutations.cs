using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Trading.Mutants;

/// <summary>
/// Finds what can be changed in a file: operators, conditions, numbers, statements that can be left out, and conditions in SQL. Left alone is what
/// the compiler must know (constants, attributes), what a LINQ provider translates, and what declares variables.
/// </summary>
internal static partial class Mutations
{
    private static readonly Dictionary<SyntaxKind, string> operators = new()
    {
        [SyntaxKind.LessThanExpression] = "<=", [SyntaxKind.LessThanOrEqualExpression] = "<", [SyntaxKind.GreaterThanExpression] = ">=",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">", [SyntaxKind.EqualsExpression] = "!=", [SyntaxKind.NotEqualsExpression] = "==",
        [SyntaxKind.LogicalAndExpression] = "||", [SyntaxKind.LogicalOrExpression] = "&&", [SyntaxKind.AddExpression] = "-", [SyntaxKind.SubtractExpression] = "+",
        [SyntaxKind.MultiplyExpression] = "/", [SyntaxKind.DivideExpression] = "*", [SyntaxKind.ModuloExpression] = "*", [SyntaxKind.LeftShiftExpression] = ">>",
        [SyntaxKind.RightShiftExpression] = "<<", [SyntaxKind.BitwiseAndExpression] = "|", [SyntaxKind.BitwiseOrExpression] = "&", [SyntaxKind.ExclusiveOrExpression] = "&",
    };

    private static readonly (Regex From, string To)[] inSql =
    [
        (SqlAnd(), "or"), (SqlNotExists(), "exists"), (SqlLess(), "<="), (SqlLessOrEqual(), "<"), (SqlGreater(), ">="), (SqlGreaterOrEqual(), ">"), (SqlEqual(), "<>"), (SqlPlusOne(), ""),
    ];

    /// <param name="file">As reports name it.</param>
    public static IEnumerable<Mutation> Of(Area area, string file, SyntaxNode root) => root.DescendantNodes()
        .Where(node => !IsFixed(node) && !Declares(node))
        .SelectMany(node => Others(node).Select(other => new Mutation(area, file, node, other)));

    private static IEnumerable<string> Others(SyntaxNode node) => (node, node.Kind()) switch
    {
        (BinaryExpressionSyntax { Right: not ThrowExpressionSyntax } either, SyntaxKind.CoalesceExpression) => [$"{either.Right}"],
        (BinaryExpressionSyntax binary, var kind) when operators.TryGetValue(kind, out var other) && !IsText(binary) => [$"({binary.Left}) {other} ({binary.Right})"],
        (PrefixUnaryExpressionSyntax not, SyntaxKind.LogicalNotExpression) => [$"{not.Operand}"],
        (IsPatternExpressionSyntax, _) => [$"!({node})"],
        (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax, _) when IsCondition(node) => [$"!({node})"],
        (_, SyntaxKind.TrueLiteralExpression) => ["false"],
        (_, SyntaxKind.FalseLiteralExpression) => ["true"],
        (LiteralExpressionSyntax { Token.Value: int number and < int.MaxValue }, _) => [(number + 1).ToString(CultureInfo.InvariantCulture)],
        (InterpolatedStringExpressionSyntax, _) or (_, SyntaxKind.StringLiteralExpression) when IsSql(node) => InSql(node.ToString()),
        (ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax }, _) => [""],
        _ => [],
    };

    private static IEnumerable<string> InSql(string text) => inSql.SelectMany(rule => rule.From.Matches(text).Select(match => text[..match.Index] + rule.To + text[(match.Index + match.Length)..]));

    private static bool IsSql(SyntaxNode text) => Sql().IsMatch(text.ToString());

    private static bool IsText(BinaryExpressionSyntax sum) =>
        sum.IsKind(SyntaxKind.AddExpression) && sum.DescendantNodes().Any(part => part is InterpolatedStringExpressionSyntax || part.IsKind(SyntaxKind.StringLiteralExpression));

    private static bool IsCondition(SyntaxNode node) => node.Parent switch
    {
        IfStatementSyntax branch => branch.Condition == node,
        WhileStatementSyntax loop => loop.Condition == node,
        ConditionalExpressionSyntax choice => choice.Condition == node,
        { } parent => parent.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression,
        null => false,
    };

    /// <summary>What must stay as it is for the source to compile, or to be translated.</summary>
    private static bool IsFixed(SyntaxNode node) => node.AncestorsAndSelf().Any(above => above switch
    {
        AttributeSyntax or PatternSyntax or CaseSwitchLabelSyntax or EnumMemberDeclarationSyntax or ParameterSyntax or ThrowStatementSyntax or ThrowExpressionSyntax => true,
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        LocalDeclarationStatementSyntax local => local.Modifiers.Any(SyntaxKind.ConstKeyword),
        LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } => call.ToString().Contains(".Query", StringComparison.Ordinal),
        _ => false,
    });

    private static bool Declares(SyntaxNode node) => node is not StatementSyntax && node.DescendantNodes().Any(part => part is VariableDesignationSyntax);

    [GeneratedRegex(@"\b(select|update|insert|delete)\b")]
    private static partial Regex Sql();

    [GeneratedRegex(@"(?<= )and(?= )")]
    private static partial Regex SqlAnd();

    [GeneratedRegex(@"\bnot exists\b")]
    private static partial Regex SqlNotExists();

    [GeneratedRegex(@"(?<= )<(?= )")]
    private static partial Regex SqlLess();

    [GeneratedRegex(@"(?<= )<=(?= )")]
    private static partial Regex SqlLessOrEqual();

    [GeneratedRegex(@"(?<= )>(?= )")]
    private static partial Regex SqlGreater();

    [GeneratedRegex(@"(?<= )>=(?= )")]
    private static partial Regex SqlGreaterOrEqual();

    [GeneratedRegex(@"(?<= )=(?= )")]
    private static partial Regex SqlEqual();

    [GeneratedRegex(@" \+ 1\b")]
    private static partial Regex SqlPlusOne();
}
