package io.redstuff.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a module promises to those who build on it, as text: the packages that it exports to all,
 * their public types and what is public or protected in these. Sorted, one line for each type and
 * member, so that a change of the API is a change of lines.
 */
final class ApiText {
  /**
   * The classes as built, before those of an earlier build in a repository; nothing is initialized.
   */
  private static final ClassLoader LOADER =
      new URLClassLoader(
          Stream.concat(
                  House.MODULES.stream().map(Building::classes),
                  Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                      .map(Path::of))
              .map(ApiText::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());

  private ApiText() {}

  /** Returns the modules that have an API: those with a descriptor. */
  static List<Building> modules() {
    return House.MODULES.stream().filter(Building::isModule).toList();
  }

  /** Returns the API of a module, as its file has it. */
  static List<String> of(Building module) {
    ModuleDescriptor descriptor = module.descriptor();
    List<String> lines = new ArrayList<>();
    lines.add("module " + descriptor.name());
    descriptor.requires().stream()
        .filter(
            requires ->
                requires.modifiers().contains(Requires.Modifier.TRANSITIVE)
                    || requires.modifiers().contains(Requires.Modifier.STATIC))
        .map(
            requires ->
                "  requires "
                    + requires.modifiers().stream()
                        .map(modifier -> modifier.toString().toLowerCase(Locale.ROOT) + " ")
                        .sorted()
                        .collect(Collectors.joining())
                    + requires.name())
        .sorted()
        .forEach(lines::add);
    for (String exported : exported(module)) {
      lines.add("");
      lines.add("package " + exported);
      for (Class<?> type : types(module, exported)) {
        lines.add("");
        lines.addAll(describe(type));
      }
    }
    return lines;
  }

  /** Returns the packages that a module exports to all. */
  static SortedSet<String> exported(Building module) {
    return module.descriptor().exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the types of a package that others see, by name. */
  static List<Class<?>> types(Building module, String packageName) {
    Path directory = module.classes().resolve(packageName.replace('.', '/'));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> load(packageName + "." + file.replace(".class", "")))
          .filter(ApiText::isVisible)
          .sorted(Comparator.<Class<?>, String>comparing(Class::getCanonicalName))
          .<Class<?>>map(type -> type)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, LOADER);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no class " + name, e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError("no URL for " + path, e);
    }
  }

  private static boolean isOfOthers(Class<?> type) {
    return !type.getName().startsWith("io.redstuff.");
  }

  private static boolean isApi(Class<?> type) {
    return isVisible(type)
        && House.ownerOf(type.getPackageName())
            .map(owner -> exported(owner).contains(type.getPackageName()))
            .orElse(true);
  }

  private static boolean isVisible(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
      return false;
    }
    Class<?> outer = type.getDeclaringClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Returns a type and its members, one a line. */
  static List<String> describe(Class<?> type) {
    List<String> lines = new ArrayList<>();
    lines.add(header(type));
    Map<String, String> constants = constants(type);
    TreeSet<String> members = new TreeSet<>();
    for (Class<?> owner : withHiddenParents(type)) {
      for (Field field : owner.getDeclaredFields()) {
        if (isListed(field)) {
          members.add(describe(field) + constants.getOrDefault(field.getName(), ""));
        }
      }
      for (Method method : owner.getDeclaredMethods()) {
        if (isListed(method) && !method.isBridge()) {
          members.add(describe(method));
        }
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isListed(constructor)) {
        members.add(describe(constructor));
      }
    }
    // Their order is that of ordinals and of what is compared.
    if (type.isEnum()) {
      lines.addAll(
          Arrays.stream(type.getDeclaredFields())
              .filter(Field::isEnumConstant)
              .map(each -> "  constant " + each.getName())
              .toList());
    }
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static boolean isListed(Member member) {
    return isVisible(member.getModifiers())
        && !member.isSynthetic()
        && !(member instanceof Field field && field.isEnumConstant());
  }

  /** Returns the type itself and those of its parents whose members are seen through it alone. */
  private static List<Class<?>> withHiddenParents(Class<?> type) {
    List<Class<?>> all = new ArrayList<>(List.of(type));
    for (int i = 0; i < all.size(); i++) {
      Stream.concat(
              Stream.ofNullable(all.get(i).getSuperclass()), Stream.of(all.get(i).getInterfaces()))
          .filter(parent -> !isOfOthers(parent) && !isApi(parent))
          .forEach(all::add);
    }
    return all;
  }

  private static String header(Class<?> type) {
    StringBuilder text = new StringBuilder(deprecated(type));
    int left = type.isInterface() ? Modifier.ABSTRACT | Modifier.STATIC : 0;
    if (type.isRecord() || type.isEnum()) {
      left |= Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;
    }
    text.append(modifiers(type.getModifiers() & ~left & Modifier.classModifiers()));
    text.append(type.isSealed() ? "sealed " : "");
    text.append(kind(type))
        .append(' ')
        .append(type.getCanonicalName())
        .append(ApiTypes.variables(type));
    if (type.isRecord()) {
      text.append(
          Arrays.stream(type.getRecordComponents())
              .map(ApiText::describe)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class && !type.isRecord() && !type.isEnum()) {
      text.append(" extends ").append(ApiTypes.name(parent));
    }
    text.append(
        list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces()));
    // Of an enum these are its own constants with a body.
    if (type.isSealed() && !type.isEnum()) {
      text.append(list(" permits ", type.getPermittedSubclasses()));
    }
    return text.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
  }

  private static String describe(RecordComponent component) {
    return ApiTypes.name(component.getGenericType()) + " " + component.getName();
  }

  private static String describe(Field field) {
    return deprecated(field)
        + "field "
        + modifiers(field.getModifiers() & (Modifier.fieldModifiers() & ~Modifier.TRANSIENT))
        + ApiTypes.name(field.getGenericType())
        + " "
        + field.getName();
  }

  private static String describe(Method method) {
    return deprecated(method)
        + "method "
        + modifiers(executable(method))
        + (method.isDefault() ? "default " : "")
        + variables(method)
        + ApiTypes.name(method.getGenericReturnType())
        + " "
        + method.getName()
        + parameters(method);
  }

  private static String describe(Constructor<?> constructor) {
    return deprecated(constructor)
        + "constructor "
        + modifiers(executable(constructor))
        + variables(constructor)
        + parameters(constructor);
  }

  /** Returns what callers and subclasses see: locks and native code are nobody's business. */
  private static int executable(Executable executable) {
    int seen = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT;
    boolean open = !Modifier.isFinal(executable.getDeclaringClass().getModifiers());
    return executable.getModifiers() & (open ? seen | Modifier.FINAL : seen);
  }

  private static String parameters(Executable executable) {
    String parameters = list("", executable.getGenericParameterTypes());
    if (executable.isVarArgs()) {
      parameters = parameters.substring(0, parameters.length() - 2) + "...";
    }
    return "(" + parameters + ")" + list(" throws ", sorted(executable.getGenericExceptionTypes()));
  }

  private static Type[] sorted(Type[] types) {
    return Arrays.stream(types).sorted(Comparator.comparing(ApiTypes::name)).toArray(Type[]::new);
  }

  private static String list(String before, Type[] types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types).map(ApiTypes::name).collect(Collectors.joining(", ", before, ""));
  }

  private static String variables(GenericDeclaration declaration) {
    String variables = ApiTypes.variables(declaration);
    return variables.isEmpty() ? "" : variables + " ";
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers & ~Modifier.INTERFACE);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String deprecated(AnnotatedElement element) {
    Deprecated deprecated = element.getAnnotation(Deprecated.class);
    return deprecated == null
        ? ""
        : deprecated.forRemoval() ? "@Deprecated(forRemoval) " : "@Deprecated ";
  }

  /** Returns the values that javac writes into the classes of others. */
  private static Map<String, String> constants(Class<?> type) {
    Map<String, String> values = new HashMap<>();
    String file = type.getName().replaceAll(".*\\.", "") + ".class";
    try (var in = type.getResourceAsStream(file)) {
      for (var field : ClassFile.of().parse(in.readAllBytes()).fields()) {
        field
            .findAttribute(Attributes.constantValue())
            .ifPresent(
                value ->
                    values.put(
                        field.fieldName().stringValue(), " = " + value.constant().constantValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
