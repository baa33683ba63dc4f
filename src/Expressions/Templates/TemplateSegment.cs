using Waybill.Expressions.Syntax;

namespace Waybill.Expressions.Templates;

/// <summary>A part of a template: an expression, or text that stands for itself.</summary>
internal sealed record TemplateSegment(int Start, int Length, ParsedExpression? Expression);
