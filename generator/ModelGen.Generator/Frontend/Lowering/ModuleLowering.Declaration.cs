using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Lowering;

/// <summary>The class itself: what the declaration must look like, and the form in which layers are attributes.</summary>
internal sealed partial class ModuleLowering
{
    private void Find(string id, int ordinal, string message) => _findings.Add(new(id, new(_id, ordinal), message));

    private void CheckDeclaration(bool isModel, int name)
    {
        var what = isModel ? "model" : "module";
        var declarations = Declarations().ToList();
        if (!declarations.All(d => d.Modifiers.Any(SyntaxKind.PartialKeyword)))
            Find("MG1001", name, $"The {what} '{_type.Name}' is not partial; write 'partial class {_type.Name}' so that its generated part can be added");
        var constructors = _type.InstanceConstructors
            .Where(c => !c.IsImplicitlyDeclared && c.DeclaringSyntaxReferences.FirstOrDefault() is { } r && KnownSymbols.IsWritten(r)).ToList();
        if (isModel)
            foreach (var constructor in constructors)
            {
                var syntax = constructor.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
                var at = syntax switch
                {
                    ConstructorDeclarationSyntax c => Ordinal(c.Identifier),
                    ClassDeclarationSyntax { ParameterList: { } list } => Ordinal(list),
                    _ => name,
                };
                Find("MG1008", at, $"The model '{_type.Name}' declares a constructor; the generated part has it. Initialise layers where they are declared");
            }
        if (isModel) CheckSettings(name);
        else if (constructors.Count > 1)
            Find("MG1008", name, $"The module '{_type.Name}' declares {constructors.Count} constructors; declare one");
    }

    // A cast makes an enumeration of any number.
    private void CheckSettings(int name)
    {
        foreach (var setting in KnownSymbols.Attribute(_type, "ModelAttribute")!.NamedArguments)
        {
            if (setting.Value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type) continue;
            var choices = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst).ToList();
            if (choices.Any(c => Equals(c.ConstantValue, setting.Value.Value))) continue;
            var names = string.Join(", ", choices.Select(c => type.Name + "." + c.Name));
            Find("MG2009", name, $"The model '{_type.Name}' needs {setting.Key} to be one of {names}, got {setting.Value.Value}");
        }
    }

    private void CheckForward(int name)
    {
        var forwards = KnownSymbols.SelfAndBases(_type).SelectMany(t => t.GetMembers(ModuleIr.ForwardName)).OfType<IMethodSymbol>()
            .Where(m => !m.IsAbstract).ToList();
        if (forwards.Count == 0)
        {
            Find("MG1006", name, $"The model '{_type.Name}' has no Forward method; declare 'public Tensor Forward([Shape(…)] Tensor x)', or layers as "
                + "attributes of the class");
            return;
        }
        if (forwards.Count > 1)
        {
            Find("MG1006", name, $"The model '{_type.Name}' has {forwards.Count} Forward methods; keep one");
            return;
        }
        var forward = forwards[0];
        var at = MethodName(forward) ?? name;
        if (forward.IsStatic || forward.IsGenericMethod)
            Find("MG1006", at, $"Forward of '{_type.Name}' must be an ordinary method of the instance");
        if (!IsTensors(forward.ReturnType))
            Find("MG1006", at, $"Forward of '{_type.Name}' must return Tensor, or a tuple of Tensors, not '{forward.ReturnType.ToDisplayString()}'");
        foreach (var parameter in forward.Parameters) CheckInput(parameter, forward: true, at);
        CheckLoss(forward, name);
    }

    private void CheckInput(IParameterSymbol parameter, bool forward, int method)
    {
        var at = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation) is { } syntax ? Ordinal(syntax) : method;
        var kind = TypeOf(parameter.Type);
        var where = forward ? "Forward" : "Loss";
        if (kind == ParameterTypeIr.Other)
        {
            Find(forward ? "MG1006"
                : "MG1007", at, $"Parameter '{parameter.Name}' of {where} has type '{parameter.Type.ToDisplayString()}'; inputs are Tensor or Labels");
            return;
        }
        var shape = KnownSymbols.Attribute(parameter, "ShapeAttribute");
        var classes = KnownSymbols.Attribute(parameter, "ClassesAttribute");
        if (kind == ParameterTypeIr.Tensor && shape is null)
            Find("MG1002", at, $"Input '{parameter.Name}' of {where} has no shape; write '[Shape(28, 28)] Tensor {parameter.Name}' with its sizes, the "
                + "batch axis left out");
        if (kind == ParameterTypeIr.Labels && classes is null)
            Find("MG1002", at, $"Labels '{parameter.Name}' of {where} have no number of classes; write '[Classes(10)] Labels {parameter.Name}'");
        if (classes?.ConstructorArguments.FirstOrDefault().Value is int count && count < 1)
            Find("MG1002", at, $"Labels '{parameter.Name}' of {where} have {count} classes; there must be at least 1");
        if (classes?.NamedArguments.FirstOrDefault(a => a.Key == "Shape").Value is { } positions && Integers(positions) is var labels && labels.Any(s => s < 1))
            Find("MG1002", at, $"Labels '{parameter.Name}' of {where} have shape [{string.Join(", ", labels)}]; every size must be at least 1");
        if (shape is not null && Integers(shape.ConstructorArguments.FirstOrDefault()) is var sizes && sizes.Any(s => s < 1))
            Find("MG1002", at, $"Input '{parameter.Name}' of {where} has shape [{string.Join(", ", sizes)}]; every size must be at least 1");
    }

    private void CheckLoss(IMethodSymbol forward, int name)
    {
        var losses = KnownSymbols.SelfAndBases(_type).SelectMany(t => t.GetMembers(ModuleIr.LossName)).OfType<IMethodSymbol>()
            .Where(m => !m.IsAbstract).ToList();
        if (losses.Count == 0) return;
        var loss = losses[0];
        var at = MethodName(loss) ?? name;
        if (losses.Count > 1) Find("MG1007", at, $"The model '{_type.Name}' has {losses.Count} Loss methods; keep one");
        if (loss.IsStatic || loss.IsGenericMethod || !KnownSymbols.IsRuntime(loss.ReturnType, "Tensor"))
            Find("MG1007", at, $"Loss of '{_type.Name}' must be an ordinary method of the instance that returns Tensor");
        var outputs = forward.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Length : 1;
        if (loss.Parameters.Length < outputs || loss.Parameters.Take(outputs).Any(p => TypeOf(p.Type) != ParameterTypeIr.Tensor))
        {
            Find("MG1007", at, $"Loss of '{_type.Name}' must take what Forward returns first: {outputs} Tensor{(outputs == 1 ? "" : "s")}, then the targets");
            return;
        }
        foreach (var parameter in loss.Parameters.Skip(outputs)) CheckInput(parameter, forward: false, at);
    }

    private int? MethodName(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation) is MethodDeclarationSyntax m ? Ordinal(m.Identifier) : null;

    private static bool IsTensors(ITypeSymbol type) => type is INamedTypeSymbol { IsTupleType: true } tuple
        ? tuple.TupleElements.All(e => KnownSymbols.IsRuntime(e.Type, "Tensor"))
        : KnownSymbols.IsRuntime(type, "Tensor");

    private List<AttributeData> LayerAttributes() => _type.GetAttributes().Where(a => KnownSymbols.IsLayerAttribute(a.AttributeClass)).ToList();

    // Layers as attributes become the fields "0", "1", … and a Forward that calls them in order: PyTorch's nn.Sequential.
    private void LowerClassForm(List<AttributeData> layers, List<FieldIr> fields, int name)
    {
        var input = KnownSymbols.Attribute(_type, "InputAttribute");
        var inputAt = input?.ApplicationSyntaxReference?.GetSyntax(_cancellation) is { } inputSyntax ? Ordinal(inputSyntax) : name;
        if (input is null && KnownSymbols.Attribute(_type, "ModelAttribute") is not null)
            Find("MG1002", name, $"The model '{_type.Name}' has no input shape; add '[Input(784)]' with its sizes, the batch axis left out");
        var sizes = input is null ? default : Integers(input.ConstructorArguments.FirstOrDefault());
        if (sizes.Any(s => s < 1))
            Find("MG1002", inputAt, $"Input of '{_type.Name}' has shape [{string.Join(", ", sizes)}]; every size must be at least 1");
        foreach (var member in _type.GetMembers(ModuleIr.ForwardName).Where(m => !m.IsImplicitlyDeclared).OfType<IMethodSymbol>())
            Find("MG1006", MethodName(member) ?? name, $"The model '{_type.Name}' has layers as attributes and a Forward method; keep one of them");

        IrNode Empty(IrKind kind, string text, int ordinal, params IrNode[] children) => new(kind, text, children.ToEquatableArray(), ordinal);
        var statements = new List<IrNode>();
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.ApplicationSyntaxReference?.GetSyntax(_cancellation) is not { } syntax) continue;
            var at = Ordinal(syntax);
            var op = layer.AttributeClass!.Name;
            if (op.EndsWith("Attribute", System.StringComparison.Ordinal)) op = op.Substring(0, op.Length - "Attribute".Length);
            var make = Empty(IrKind.Op, op, at, AttributeArguments(layer, at).ToArray());
            if (op.EndsWith("Loss", System.StringComparison.Ordinal))
            {
                if (i != layers.Count - 1)
                {
                    Find("MG1007", at, $"The loss '{op}' stands before other layers; put it last");
                    continue;
                }
                LowerClassLoss(make, at);
                continue;
            }
            var path = statements.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            fields.Add(new(path, make, at));
            var call = Empty(IrKind.Invoke, "", at, Empty(IrKind.Member, path, at, Empty(IrKind.This, "", at)),
                Empty(IrKind.Argument, "x", at, Empty(IrKind.Variable, "input", at)));
            statements.Add(Empty(IrKind.Evaluate, "", at, Empty(IrKind.Assign, "sequential", at, Empty(IrKind.Variable, "input", at), call)));
        }
        statements.Add(Empty(IrKind.Return, "", name, Empty(IrKind.Variable, "input", name)));
        var parameter = new ParameterIr("input", ParameterTypeIr.Tensor, sizes, input is not null, 0, null, inputAt);
        _methods.Add(new("Forward(ModelGen.Tensor)", ModuleIr.ForwardName, EquatableArray.Of(parameter), Empty(IrKind.Block, "", name, statements.ToArray()),
            name));
    }

    private void LowerClassLoss(IrNode make, int at)
    {
        IrNode Variable(string name) => new(IrKind.Variable, name, default, at);
        // Which operands the loss takes, the evaluator knows from the catalogue.
        var call = new IrNode(IrKind.Invoke, "loss", EquatableArray.Of(make, Variable("output"), Variable("target")), at);
        var body = new IrNode(IrKind.Block, "", EquatableArray.Of(new IrNode(IrKind.Return, "", EquatableArray.Of(call), at)), at);
        _methods.Add(new("Loss(ModelGen.Tensor)", ModuleIr.LossName, EquatableArray.Of(
            new ParameterIr("output", ParameterTypeIr.Tensor, default, false, 0, null, at),
            new ParameterIr("target", ParameterTypeIr.Other, default, false, 0, null, at) { IsInferred = true }), body, at));
    }

    private IEnumerable<IrNode> AttributeArguments(AttributeData attribute, int at)
    {
        IrNode Argument(string name, TypedConstant value) => new(IrKind.Argument, name, EquatableArray.Of(AttributeValue(value, at)), at);
        var constructor = attribute.AttributeConstructor;
        for (var i = 0; i < attribute.ConstructorArguments.Length && constructor is not null; i++)
            yield return Argument(constructor.Parameters[i].Name, attribute.ConstructorArguments[i]);
        foreach (var named in attribute.NamedArguments) yield return Argument(Identifiers.Camel(named.Key), named.Value);
    }

    private static IrNode AttributeValue(TypedConstant value, int at) => value.Kind == TypedConstantKind.Array && !value.IsNull
        ? new(IrKind.Array, "", value.Values.Select(v => AttributeValue(v, at)).ToEquatableArray(), at)
        : new(IrKind.Constant, IrConstant.Write(value.Kind == TypedConstantKind.Error ? null : value.Value) ?? IrConstant.Null, default, at);
}
