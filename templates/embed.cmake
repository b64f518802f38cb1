# Embeds templates/<name>/{mlp.yaml,policy.yaml} into a target, so that an installed mlp is one file. The first
# line of each mlp.yaml is its summary in `mlp init --list`. To add a template: a folder, and its name below.
function(mlp_embed_templates target)
  set(folder ${PROJECT_SOURCE_DIR}/templates)
  set(entries "")
  foreach(name IN ITEMS binary multiclass regression)
    foreach(file IN ITEMS mlp policy)
      file(READ ${folder}/${name}/${file}.yaml ${file}_text)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${name}/${file}.yaml)
    endforeach()
    string(REGEX REPLACE "^# ([^\n]*)\n.*" "\\1" summary "${mlp_text}")
    string(APPEND entries "    {\"${name}\", \"${summary}\",\n"
           "     R\"yaml(${mlp_text})yaml\",\n" "     R\"yaml(${policy_text})yaml\"},\n")
  endforeach()
  configure_file(${folder}/templates.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/templates.cpp @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/templates.cpp)
endfunction()
