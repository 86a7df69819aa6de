using ModelGen.Ilgpu.Tests.Machine;

namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>The steps of a PTX text.</summary>
internal static class PtxReader
{
    public static IReadOnlyList<TextStep> Read(string ptx)
    {
        var program = new PtxProgram(ptx);
        var values = new ValueNumbers();
        var steps = new List<TextStep>();
        foreach (var i in program.Instructions)
        {
            var head = i.Code.Split('.')[0];
            SharedAccess? access = null;
            var isCopy = i.Code.StartsWith("cp.async.cg", StringComparison.Ordinal);
            if ((isCopy || head is "ld" or "st" or "ldmatrix") && i.Code.Contains(".shared", StringComparison.Ordinal))
            {
                var address = i.Names[head is "st" or "cp" ? 0 : 1].Trim('[', ']');
                var start = address.Split('+')[0].Trim();
                values.Define("@" + steps.Count, "address", [start, address[start.Length..]], program.Shared.ContainsKey(start) ? start : null);
                var place = values["@" + steps.Count]!;
                access = new(head is "st" or "cp", place.Array ?? "unknown", place.Number, place.Alternates || isCopy, isCopy);
            }

            steps.Add(new(i.Text, i.Target, i.FallsThrough)
            {
                IsBarrier = i.IsBarrier,
                Divides = head is "div" or "rem" && i.Code[^3] is 's' or 'u',
                Access = access
            });
            if (head is "st" or "cp" or "bra" or "bar" or "ret" || i.Names.Count == 0) continue;
            foreach (var target in i.Names[0].Trim('{', '}').Split(',').Select(t => t.Trim()))
                values.Define(target, i.Code, [.. i.Names.Skip(1)], i.Names.Skip(1).FirstOrDefault(program.Shared.ContainsKey),
                    isFresh: head is "ld" or "ldmatrix" && !i.Code.StartsWith("ld.param", StringComparison.Ordinal));
        }

        return steps;
    }
}
