using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend;

/// <summary>A model with the modules it uses, directly or through others: the unit of caching.</summary>
/// <param name="Modules">In the order of their ids.</param>
/// <param name="FileName">Of the generated file; see <see cref="FileNames"/>.</param>
internal sealed record LinkedModel(ModuleIr Model, EquatableArray<ModuleIr> Modules, string FileName)
{
    public ModuleIr? Find(string id) => Modules.FirstOrDefault(m => m.Id == id);

    public static IEnumerable<LinkedModel> Link(IReadOnlyCollection<ModuleIr> own, IEnumerable<ModuleIr> external, CancellationToken cancellation)
    {
        var byId = new Dictionary<string, ModuleIr>(StringComparer.Ordinal);
        foreach (var module in external.Concat(own)) byId[module.Id] = module;
        var files = FileNames.Of(own.Select(m => m.Id));
        var models = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in own.Where(m => m.IsModel && models.Add(m.Id)))
        {
            cancellation.ThrowIfCancellationRequested();
            var used = new SortedDictionary<string, ModuleIr>(StringComparer.Ordinal);
            var todo = new Stack<string>(model.Uses);
            while (todo.Count > 0)
            {
                var id = todo.Pop();
                if (used.ContainsKey(id) || !byId.TryGetValue(id, out var module)) continue;
                used[id] = module;
                foreach (var next in module.Uses) todo.Push(next);
            }
            yield return new(model, used.Values.ToEquatableArray(), files[model.Id]);
        }
    }
}
