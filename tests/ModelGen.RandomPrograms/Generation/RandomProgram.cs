using System.Text;

namespace ModelGen.RandomPrograms;

/// <summary>A model drawn at random, and how it is tried.</summary>
/// <param name="Inputs">Of <c>Forward</c>.</param>
/// <param name="Parameters">Tensors that are fields.</param>
/// <param name="Forward">In order.</param>
/// <param name="Outputs">What <c>Forward</c> returns; <c>Loss</c> gets them under the same names.</param>
/// <param name="Targets">Of <c>Loss</c>.</param>
/// <param name="LossSteps">In order.</param>
/// <param name="Loss">A number.</param>
/// <param name="Samples">Of the batch.</param>
internal sealed record RandomProgram(
    IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Parameters, IReadOnlyList<Statement> Forward, IReadOnlyList<Value> Outputs,
    IReadOnlyList<Value> Targets, IReadOnlyList<Statement> LossSteps, Value Loss, int Samples)
{
    public IEnumerable<Statement> Statements => Forward.Concat(LossSteps);

    public IEnumerable<string> Ops => Statements.SelectMany(s => s.Ops);

    /// <summary>The program as a person would write it.</summary>
    public string Source(string name)
    {
        var text = new StringBuilder();
        text.Append("[Model] public partial class ").AppendLine(name).AppendLine("{");
        foreach (var p in Parameters) text.Append("    readonly Tensor ").Append(p.Name).Append(" = Parameter(").AppendJoin(", ", p.Sizes).AppendLine(");");
        foreach (var f in Statements.Select(s => s.Layer).OfType<Field>().DistinctBy(f => f.Name))
            text.Append("    readonly ").Append(f.Type).Append(' ').Append(f.Name).Append(" = ").Append(f.Factory).AppendLine(";");
        var returned = Outputs.Count == 1 ? "Tensor" : "(" + string.Join(", ", Outputs.Select(_ => "Tensor")) + ")";
        text.Append("    public ").Append(returned).Append(" Forward(").AppendJoin(", ", Inputs.Select(Declared)).AppendLine(")").AppendLine("    {");
        foreach (var s in Forward) text.Append("        ").AppendLine(s.ToString());
        var results = string.Join(", ", Outputs.Select(o => o.Name));
        text.Append("        return ").Append(Outputs.Count == 1 ? results : $"({results})").AppendLine(";").AppendLine("    }");
        text.Append("    public Tensor Loss(").AppendJoin(", ", Outputs.Select(o => "Tensor " + o.Name).Concat(Targets.Select(Declared))).AppendLine(")")
            .AppendLine("    {");
        foreach (var s in LossSteps) text.Append("        ").AppendLine(s.ToString());
        text.Append("        return ").Append(Loss.Name).AppendLine(";").AppendLine("    }").AppendLine("}");
        return text.ToString();
    }

    /// <summary>The program without what reaches neither an output nor the loss.</summary>
    public RandomProgram WithoutDeadCode()
    {
        var needed = new HashSet<string>(Outputs.Select(o => o.Name).Append(Loss.Name), StringComparer.Ordinal);
        List<Statement> Live(IReadOnlyList<Statement> statements)
        {
            var live = new List<Statement>();
            foreach (var s in statements.Reverse())
            {
                if (!s.Results.Any(r => needed.Contains(r.Name))) continue;
                needed.UnionWith(s.Operands.Select(o => o.Name));
                live.Insert(0, s);
            }
            return live;
        }
        var loss = Live(LossSteps);
        var forward = Live(Forward);
        bool IsNeeded(Value v) => needed.Contains(v.Name);
        return this with
        {
            Inputs = [.. Inputs.Where(IsNeeded)],
            Parameters = [.. Parameters.Where(IsNeeded)],
            Forward = forward,
            Targets = [.. Targets.Where(IsNeeded)],
            LossSteps = loss
        };
    }

    private static string Declared(Value v)
    {
        var sizes = string.Join(", ", v.Sizes);
        if (v.Classes == 0) return $"[Shape({sizes})] Tensor {v.Name}";
        return (v.Sizes.Count > 0 ? $"[Classes({v.Classes}, Shape = new[] {{ {sizes} }})]" : $"[Classes({v.Classes})]") + " Labels " + v.Name;
    }

    public override string ToString() => Source("Net") + $"// batch of {Samples}";
}
