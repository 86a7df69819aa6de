using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Support;

/// <summary>A member that the generated part of a model has: what is printed of it, and what a person's member must not be.</summary>
/// <param name="Kind">How it is declared.</param>
/// <param name="Type">Its type, as C# writes it everywhere.</param>
/// <param name="Parameters">Of a method.</param>
internal sealed record GeneratedMember(GeneratedMemberKind Kind, string Type, string Name, params GeneratedParameter[] Parameters)
{
    /// <summary>The declaration up to where its value or body begins.</summary>
    public string Declaration => Kind switch
    {
        GeneratedMemberKind.Field => $"private readonly {Type} {Name}",
        GeneratedMemberKind.Constant => $"public const {Type} {Name}",
        GeneratedMemberKind.StaticProperty => $"public static {Type} {Name}",
        GeneratedMemberKind.Method => $"public {Type} {Name}({string.Join(", ", Parameters.Select(p => p.Declaration))})",
        _ => $"public {Type} {Name}",
    };

    /// <summary>The methods that C# makes of it: a person's may not have their signatures either.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Types)> Methods()
    {
        if (Kind == GeneratedMemberKind.Method) yield return (Name, Parameters.Select(p => p.Type.TrimEnd('?')).ToList());
        if (Kind is GeneratedMemberKind.StaticProperty or GeneratedMemberKind.Property or GeneratedMemberKind.SettableProperty) yield return ("get_" + Name,
            new string[0]);
        if (Kind == GeneratedMemberKind.SettableProperty) yield return ("set_" + Name, new[] { Type });
    }
}
