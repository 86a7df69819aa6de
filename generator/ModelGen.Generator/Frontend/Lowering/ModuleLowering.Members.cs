using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>What the generated part asks of the class around it: that it can be added at all, and that no member stands in its way.</summary>
internal sealed partial class ModuleLowering
{
    // Whether anything can be said of what the class holds.
    private bool CanBe(bool isModel, int name)
    {
        var what = isModel ? "model" : "module";
        var found = _findings.Count;
        void Refuse(int at, string why) => Find("MG1008", at, $"The {what} '{_type.Name}' {why}");
        if (_type.ContainingType is { } outer) Refuse(name, $"is nested in '{outer.Name}'; declare it in a namespace");
        if (_type.IsGenericType) Refuse(name, "is generic; give it constructor parameters instead of type parameters");
        if (_type.IsStatic || _type.IsAbstract) Refuse(name, $"is {(_type.IsStatic ? "static" : "abstract")}; no instance of it can be made");
        if (_type.IsRecord) Refuse(Keyword(SyntaxKind.RecordKeyword, name), "is a record; declare it as a class");
        if (_type.IsFileLocal) Refuse(Keyword(SyntaxKind.FileKeyword, name), "is local to a file; remove 'file', as its generated part stands in another");
        if (KnownSymbols.SelfAndBases(_type).Skip(1).FirstOrDefault(t => KnownSymbols.Attribute(t, "ModelAttribute") is not null) is { } model)
            Refuse(Base(name), $"inherits from the model '{model.Name}'; a model cannot inherit from a model, hold it in a field");
        else if (isModel && _type.BaseType is { } parent
            && !parent.InstanceConstructors.Any(c => c.Parameters.All(p => p.IsOptional || p.IsParams) && _compilation.IsSymbolAccessibleWithin(c, _type)))
            Refuse(Base(name), $"inherits from '{parent.Name}', which has no constructor without parameters; the generated part can call no other");
        return _findings.Count == found;
    }

    private void CheckMembers(int name)
    {
        var generated = GeneratedMembers.Of(Setting<bool>("Jvp"), Setting<bool>("GradientCheck")).ToList();
        if (_type.Name == "Predict" || generated.Any(m => m.Name == _type.Name))
            Find("MG1013", name, $"The model '{_type.Name}' has the name of a member that is generated; choose another");
        foreach (var owner in KnownSymbols.SelfAndBases(_type))
            foreach (var member in owner.GetMembers().Where(m => !m.IsImplicitlyDeclared && m.CanBeReferencedByName))
            {
                var isOwn = SymbolEqualityComparer.Default.Equals(owner, _type);
                if (!IsTaken(member, generated) && !(isOwn && member is not IMethodSymbol && member.Name is "Save" or "Load")) continue;
                if (!isOwn)
                {
                    if (_compilation.IsSymbolAccessibleWithin(member, _type))
                        Find("MG1013", Base(name),
                            $"'{member.Name}', which the model '{_type.Name}' inherits from '{owner.Name}', has a name that the generated code uses; "
                                + "choose another");
                }
                else if (member.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && KnownSymbols.IsWritten(reference))
                    Find("MG1013", Ordinal(NameOf(reference.GetSyntax(_cancellation))),
                        $"'{member.Name}' of the model '{_type.Name}' has a name that the generated code uses; choose another");
            }
    }

    // A method may be one more overload of a generated one; all else must have another name.
    private bool IsTaken(ISymbol member, IReadOnlyList<GeneratedMember> generated)
    {
        if (member is not IMethodSymbol method) return member.Name == "Predict"
            || generated.Any(g => g.Name == member.Name || g.Methods().Any(m => m.Name == member.Name));
        if (generated.Any(g => g.Name == method.Name && g.Kind != GeneratedMemberKind.Method)) return true;
        if (method.IsGenericMethod || method.Parameters.Any(p => p.RefKind != RefKind.None)) return false;
        var types = method.Parameters.Select(p => p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).ToList();
        var inputs = KnownSymbols.SelfAndBases(_type).SelectMany(t => t.GetMembers(ModuleIr.ForwardName)).OfType<IMethodSymbol>()
            .Select(m => m.Parameters.Length).DefaultIfEmpty(1).Max();
        return generated.SelectMany(g => g.Methods()).Any(m => m.Name == method.Name && m.Types.SequenceEqual(types))
            || method.Name == "Predict" && GeneratedMembers.CouldBePredict(types, inputs);
    }

    // Where the declaration names its base class.
    private int Base(int name) => Declarations().SelectMany(d => d.BaseList?.Types ?? default).Select(t => t.Type)
        .FirstOrDefault(t => SymbolEqualityComparer.Default.Equals(Model(t).GetSymbolInfo(t, _cancellation).Symbol, _type.BaseType)) is { } type
            ? Ordinal(type) : name;

    private int Keyword(SyntaxKind kind, int name)
    {
        var keyword = Declarations().SelectMany(d => d.Modifiers.Append(d.Keyword)).FirstOrDefault(t => t.IsKind(kind));
        return keyword.IsKind(kind) ? Ordinal(keyword) : name;
    }

    private static SyntaxNodeOrToken NameOf(SyntaxNode syntax) => syntax switch
    {
        VariableDeclaratorSyntax v => v.Identifier,
        PropertyDeclarationSyntax p => p.Identifier,
        MethodDeclarationSyntax m => m.Identifier,
        BaseTypeDeclarationSyntax t => t.Identifier,
        _ => syntax,
    };
}
