using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Calls of the person's own functions and modules.</summary>
internal sealed partial class Evaluator
{
    private Dictionary<string, object?> Arguments(IEnumerable<IrNode> arguments, Scope scope, Frame frame)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in arguments)
            if (argument.Kind != IrKind.OutArgument) values[argument.Text] = Evaluate(argument[0], scope, frame);
        return values;
    }

    private object? Run(MethodIr method, Dictionary<string, object?> arguments, ModuleValue self, Frame caller) =>
        Call(method, arguments, self, self.Ir, new(IrKind.This, "", default, method.Ordinal), caller);

    private object? Call(MethodIr method, Dictionary<string, object?> arguments, ModuleValue? self, ModuleIr code, IrNode site, Frame caller,
        IReadOnlyList<(IrNode Argument, Scope Scope)>? outs = null)
    {
        foreach (var (argument, _) in outs ?? Array.Empty<(IrNode, Scope)>()) arguments[argument.Text] = null;
        var function = self is null ? method.Name : $"{code.Name}.{method.Name}";
        var frame = Enter(new(code, self, function, caller, site) { Method = method }, site, caller);
        var scope = new Scope();
        Bind(method.Parameters, arguments, scope.Declare, site, caller, frame, function);
        var result = Execute(method.Body, scope, frame) == Completion.Return ? TakeReturned() : null;
        foreach (var (argument, own) in outs ?? Array.Empty<(IrNode, Scope)>())
            if (scope.TryGet(argument.Text, out var value)) Assign(argument[0], value, own, caller);
        return result;
    }

    private static IReadOnlyList<(IrNode Argument, Scope Scope)> Outs(IEnumerable<IrNode> arguments, Scope scope) =>
        arguments.Where(a => a.Kind == IrKind.OutArgument).Select(a => (a, scope)).ToList();

    private void Bind(EquatableArray<ParameterIr> parameters, Dictionary<string, object?> arguments, Action<string, object?> declare, IrNode site, Frame caller,
        Frame callee, string function)
    {
        foreach (var parameter in parameters)
        {
            if (arguments.TryGetValue(parameter.Name, out var value)) declare(parameter.Name, value);
            else if (parameter.Default is { } omitted) declare(parameter.Name, Evaluate(omitted, new Scope(), callee));
            else throw Fail("MG1003", $"The call of {function} has no argument for '{parameter.Name}'", site, caller);
        }
    }

    private Frame Enter(Frame frame, IrNode site, Frame caller) => frame.Depth <= Budget.Depth
        ? frame
        : throw Fail("MG1009", $"Evaluating '{_model.Name}' nests more than {Budget.Depth} calls; does this recursion end?", site, caller);

    private object? TakeReturned()
    {
        var value = _returned;
        _returned = null;
        return value;
    }

    private object? CallModule(IrNode node, Scope scope, Frame frame)
    {
        if (Evaluate(node[0], scope, frame) is not ModuleValue target) throw Fail("MG1005", "This module is null here", node, frame);
        // An interface may spell a type parameter where the module has the type.
        var name = node.Text.Substring(0, node.Text.IndexOf('('));
        var method = target.Ir.Method(node.Text)
            ?? (target.Ir.Methods.Count(m => m.Name == name) == 1 ? target.Ir.MethodNamed(name) : null)
            ?? throw Fail("MG1003", $"'{target.Ir.Name}.{name}' has no body at compile time", node, frame);
        return Call(method, Arguments(node.Children.Skip(1), scope, frame), target, target.Ir, node, frame, Outs(node.Children.Skip(1), scope));
    }

    private ModuleValue New(IrNode node, Scope scope, Frame frame)
    {
        var ir = _find(node.Text)
            ?? throw Fail("MG1012",
            $"The module '{node.Text}' has no description that this version reads; build its assembly again with this version of ModelGen", node, frame);
        // Its own errors are reported at the module; the model is not generated and nothing more is said.
        if (ir.IsBroken || ir.Findings.Count > 0) throw Fail("", "", node, frame);
        if (_isRunning) throw Fail("MG1010",
            $"The module '{ir.Name}' is made while the model runs; hold it in a field, so that its parameters are made once and have a name", node, frame);
        Spend(static (b, _) => b.Layer(), 1, node, frame);
        var module = new ModuleValue(ir);
        Construct(module, Arguments(node.Children, scope, frame), Enter(new(ir, module, ir.Name, frame, node), node, frame));
        return module;
    }

    private void Construct(ModuleValue module, Dictionary<string, object?> arguments, Frame frame)
    {
        var site = frame.CallSite ?? new(IrKind.This, "", default, module.Ir.Ordinal);
        Bind(module.Ir.Constructor, arguments, (name, value) => module.Constructor[name] = value, site, frame.Caller ?? frame, frame, module.Ir.Name);
        foreach (var field in module.Ir.Fields) module.Fields[field.Name] = field.Initializer is null ? null : Evaluate(field.Initializer, new Scope(), frame);
        if (module.Ir.ConstructorBody is { } body) Execute(body, new Scope(), frame);
    }

    private object? Invoke(IrNode node, Scope scope, Frame frame)
    {
        if (node.Text == "loss") return InvokeLoss(node, scope, frame);
        var target = Evaluate(node[0], scope, frame);
        var arguments = node.Children.Skip(1).Select(a => Evaluate(a[0], scope, frame)).ToArray();
        return Apply(target, arguments, node, frame);
    }

    private object? Apply(object? target, object?[] arguments, IrNode node, Frame frame) => target switch
    {
        LayerValue layer => CallLayer(layer, arguments, node, frame),
        LayerSequence sequence => sequence.Layers.Aggregate(arguments.Length > 0 ? arguments[0] : null, (x, layer) => Apply(layer, new[] { x }, node, frame)),
        ModuleValue module => CallForward(module, arguments, node, frame),
        FunctionValue { Body: { } body } f => CallLambda(f, body, arguments, node, frame),
        FunctionValue f when f.Method.StartsWith("Nn.", StringComparison.Ordinal) => CallFunction(f.Method.Substring(3), arguments, node, frame),
        FunctionValue f => CallMethod(f, arguments, node, frame),
        null => throw Fail("MG1005", "This layer is null here", node, frame),
        _ => throw Fail("MG1003", $"{Arithmetic.Describe(target)} cannot be called at compile time", node, frame),
    };

    // A module in the place of a layer.
    private object? CallForward(ModuleValue module, object?[] arguments, IrNode node, Frame frame)
    {
        var forward = module.Ir.MethodNamed(ModuleIr.ForwardName)
            ?? throw Fail("MG1003", $"The module '{module.Ir.Name}' has no Forward method, so it cannot be called as a layer", node, frame);
        var named = forward.Parameters.Zip(arguments, (p, a) => (p.Name, a)).ToDictionary(a => a.Name, a => a.a, StringComparer.Ordinal);
        return Call(forward, named, module, module.Ir, node, frame);
    }

    private object? CallLambda(FunctionValue function, IrNode lambda, object?[] arguments, IrNode node, Frame frame)
    {
        var inner = Enter(
            new(function.Frame.Ir, function.Frame.This, function.Frame.Function, frame, node) { Method = function.Frame.Method }, node, frame);
        var scope = new Scope(function.Scope);
        var names = lambda.Text.Length == 0 ? Array.Empty<string>() : lambda.Text.Split(',');
        for (var i = 0; i < names.Length && i < arguments.Length; i++) scope.Declare(names[i], arguments[i]);
        return Execute(lambda[0], scope, inner) == Completion.Return ? TakeReturned() : null;
    }

    private object? CallMethod(FunctionValue function, object?[] arguments, IrNode node, Frame frame)
    {
        var code = function.Target?.Ir ?? function.Frame.Ir;
        var method = code.Method(function.Method) ?? throw Fail("MG1003", "This method has no body at compile time", node, frame);
        var named = method.Parameters.Zip(arguments, (p, a) => (p.Name, a)).ToDictionary(a => a.Name, a => a.a, StringComparer.Ordinal);
        return Call(method, named, function.Target, code, node, frame);
    }
}
